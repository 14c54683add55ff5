package dev.berth.registry.servlet;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The output to a client, which knows whether the client or the body's source has failed. */
final class ClientOutput extends FilterOutputStream {
    private @Nullable IOException failure;

    ClientOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Closes nothing: a response that was cut off must not look complete. */
    @Override
    public void close() {
        // The container ends the response.
    }

    /** Returns whether the client is gone. */
    boolean failed() {
        return failure != null;
    }
}
