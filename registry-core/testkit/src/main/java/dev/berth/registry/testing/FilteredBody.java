package dev.berth.registry.testing;

import dev.berth.registry.server.ResponseBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** A body whose bytes pass through a stream that changes, counts or delays them. */
abstract class FilteredBody implements ResponseBody {
    private final ResponseBody body;

    FilteredBody(ResponseBody body) {
        this.body = body;
    }

    /** Returns the stream to which the body is written; it writes to this output. */
    abstract OutputStream filtered(OutputStream output);

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        body.writeTo(filtered(output));
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    /** A stream that implements only the writing of blocks. It neither flushes nor closes what it writes to. */
    abstract static class BlockOutput extends OutputStream {
        @Override
        public final void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public abstract void write(byte[] buffer, int offset, int length) throws IOException;
    }
}
