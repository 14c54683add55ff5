package dev.berth.registry.server.http1;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An output that is not closed by {@link #close} but by {@link #finish}. */
final class UnclosedOutput extends FilterOutputStream {

    UnclosedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
    }

    @Override
    public void close() {
        // See finish.
    }

    /** Ends a body that is complete. */
    void finish() throws IOException {
        out.close();
    }
}
