package dev.berth.registry.internal.transport;

import java.io.IOException;
import java.io.OutputStream;

/** The body of a request. Written at most once. */
public interface OutgoingBody {

    /** The length of a body of unknown length, which is sent chunked. */
    long UNKNOWN = -1;

    /** Returns the length in bytes, or {@link #UNKNOWN}. */
    long length();

    /**
     * Writes the bytes. Exceptions of the output must be rethrown unchanged.
     *
     * @throws BodyFailedException if the source of the bytes fails
     * @throws IOException if the output fails
     */
    void writeTo(OutputStream output) throws IOException;

    /** Returns a body of these bytes. */
    static OutgoingBody of(byte[] bytes) {
        return new OutgoingBody() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void writeTo(OutputStream output) throws IOException {
                output.write(bytes);
            }
        };
    }
}
