package dev.berth.registry.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * The body of a response. It is written at most once, by one thread, and closed whether it was written or not.
 *
 * @since 0.1
 */
public interface ResponseBody extends Closeable {

    /**
     * Returns the number of bytes, or empty if it is unknown before they are written. Also asked for where nothing is
     * written, as in the response to HEAD.
     */
    OptionalLong length();

    /**
     * Writes the bytes, which are as many as {@link #length()} says. The output stays open.
     *
     * @throws IOException if the bytes cannot be read or written; the client then sees a broken connection
     */
    void writeTo(OutputStream output) throws IOException;

    /** Releases the resources of the body. Idempotent. */
    @Override
    default void close() throws IOException {}

    /** Returns a body without bytes. */
    static ResponseBody empty() {
        return BytesBody.EMPTY;
    }

    /** Returns these bytes as a body. The array must not be changed afterwards. */
    static ResponseBody of(byte[] bytes) {
        return new BytesBody(bytes);
    }

    /** Returns a stream as a body. Closing the body closes the stream. */
    static ResponseBody of(InputStream stream, OptionalLong length) {
        return new StreamBody(stream, length);
    }
}
