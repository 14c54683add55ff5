package dev.berth.registry.internal.transport;

import java.io.IOException;
import java.io.OutputStream;

/** What a request carries. Written at most once. */
public interface OutgoingBody {

    /** The length of a body that is not known beforehand: it goes in chunks. */
    long UNKNOWN = -1;

    /** Returns the number of bytes, or {@link #UNKNOWN}. */
    long length();

    /**
     * Writes the bytes. What the output throws must be passed on as it is.
     *
     * @throws BodyFailedException if where the bytes come from fails
     * @throws IOException if the output fails
     */
    void writeTo(OutputStream output) throws IOException;

    /** Returns these bytes as a body. */
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
