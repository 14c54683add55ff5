package dev.berth.registry.server.http1.message;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a body of an announced length, and fails if it has another one. */
public final class SizedOutput extends FilterOutputStream {
    private final long announced;
    private long count;

    public SizedOutput(OutputStream out, long announced) {
        super(out);
        this.announced = announced;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > announced - count) {
            throw new IOException("The body of the response is longer than the " + announced + " bytes announced");
        }
        out.write(bytes, offset, length);
        count += length;
    }

    /** Closes nothing: see {@link #finish}. */
    @Override
    public void close() {
        // The connection may go on.
    }

    /** Ends a body that is complete. */
    public void finish() throws IOException {
        if (count != announced) {
            throw new IOException("The body of the response has " + count + " bytes instead of " + announced);
        }
    }
}
