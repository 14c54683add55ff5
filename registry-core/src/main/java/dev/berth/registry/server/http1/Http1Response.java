package dev.berth.registry.server.http1;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * A response. Written at most once, then closed. {@code Content-Length}, {@code Transfer-Encoding}, {@code Connection}
 * and {@code Date} are set by the connection, whatever the header fields say.
 */
public interface Http1Response extends Closeable {

    /** Returns the status: 200 to 599. */
    int status();

    /** Passes every header field to an action. */
    void forEachHeader(BiConsumer<String, String> action);

    /** Returns whether the connection is to be closed after this response. */
    boolean endsConnection();

    /** Returns the length of the body in bytes, or empty if it is unknown; also for a HEAD request. */
    OptionalLong contentLength();

    /**
     * Writes the body.
     *
     * @throws ExchangeAbort if the connection is to be ended on purpose
     */
    void writeTo(OutputStream output) throws IOException;
}
