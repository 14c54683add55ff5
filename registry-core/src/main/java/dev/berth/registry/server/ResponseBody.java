package dev.berth.registry.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;

/** The body of a response: written once, by one thread, and closed whether it was written or not. */
public interface ResponseBody extends Closeable {

    /**
     * Returns the number of bytes, or empty if it is not known before they are written. Also told where nothing is
     * written, as the response to HEAD.
     */
    OptionalLong length();

    /**
     * Writes the bytes, which are as many as {@link #length()} says. The output stays open.
     *
     * @throws IOException if the bytes cannot be had, or not be written; the client then sees a broken connection
     */
    void writeTo(OutputStream output) throws IOException;

    /** Releases what the body holds. May be called repeatedly. */
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

    /** Returns a stream as a body, which closes it. */
    static ResponseBody of(InputStream stream, OptionalLong length) {
        return new StreamBody(stream, length);
    }
}
