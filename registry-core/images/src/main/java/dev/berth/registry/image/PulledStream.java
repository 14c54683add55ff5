package dev.berth.registry.image;

import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * A stream whose bytes are made when they are read: turns what writes into what can be read, without a thread and
 * without keeping more than one step's output. One use by one thread.
 */
abstract class PulledStream extends BulkInputStream {
    static final int STEP_BYTES = 64 * 1024;

    private final Sink sink = new Sink();
    private boolean ended;
    private boolean closed;

    /**
     * Writes the next bytes to {@link #sink}, not many more than {@value #STEP_BYTES}.
     *
     * @return false at the end, when there is nothing left to write
     */
    protected abstract boolean step() throws IOException;

    /** Releases what the stream holds. Called once. */
    protected abstract void release() throws IOException;

    protected final OutputStream sink() {
        return sink;
    }

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (closed) {
            throw new IOException("The stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        while (sink.isEmpty() && !ended) {
            ended = !step();
        }
        return sink.isEmpty() ? -1 : sink.drain(target, offset, length);
    }

    @Override
    public final void close() throws IOException {
        if (!closed) {
            closed = true;
            release();
        }
    }

    /** What was written and not read yet. */
    private static final class Sink extends OutputStream {
        private byte[] buffer = new byte[STEP_BYTES];
        private int start;
        private int end;

        boolean isEmpty() {
            return start == end;
        }

        int drain(byte[] target, int offset, int length) {
            int count = Math.min(length, end - start);
            System.arraycopy(buffer, start, target, offset, count);
            start += count;
            if (isEmpty()) {
                start = 0;
                end = 0;
            }
            return count;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (buffer.length - end < length) {
                buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, end + length));
            }
            System.arraycopy(bytes, offset, buffer, end, length);
            end += length;
        }
    }
}
