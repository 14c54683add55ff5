package dev.berth.registry.contract;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Streams that behave as those of clients do: slowly, badly, or at length. */
final class UploadStreams {
    private UploadStreams() {}

    /** Delivers a few bytes at a time. */
    static InputStream dribble(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            private int turn;

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                turn = turn % 7 + 1;
                return super.read(buffer, offset, Math.min(length, turn));
            }

            @Override
            public int available() {
                return 0;
            }
        };
    }

    /** Delivers these bytes, and then fails. */
    static InputStream failing(byte[] bytes, IOException failure) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read() throws IOException {
                int next = super.read();
                if (next < 0) {
                    throw failure;
                }
                return next;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                if (count < 0) {
                    throw failure;
                }
                return count;
            }
        };
    }

    /** Delivers nothing, but throws this exception or error. */
    static InputStream throwing(Throwable failure) {
        return new BlockStream() {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (failure instanceof Error error) {
                    throw error;
                }
                if (failure instanceof RuntimeException exception) {
                    throw exception;
                }
                throw (IOException) failure;
            }
        };
    }

    /** Delivers bytes without end to keep, always the same for the same seed and size. */
    static InputStream generated(long seed, long size) {
        Random random = new Random(seed);
        byte[] block = new byte[50_000];
        return new BlockStream() {
            private long left = size;
            private int position = block.length;

            @Override
            public int read(byte[] buffer, int offset, int length) {
                if (left == 0) {
                    return -1;
                }
                if (position == block.length) {
                    random.nextBytes(block);
                    position = 0;
                }
                int count = (int) Math.min(Math.min(length, left), block.length - position);
                System.arraycopy(block, position, buffer, offset, count);
                position += count;
                left -= count;
                return count;
            }
        };
    }

    /** A stream that is read in blocks: reading a single byte reads a block of one. */
    private abstract static class BlockStream extends InputStream {
        @Override
        public final int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public abstract int read(byte[] buffer, int offset, int length) throws IOException;
    }

    /** Delivers these bytes in two parts. Before the second one it says so, and waits. */
    static final class Gated extends BlockStream {
        private final byte[] bytes;
        private final int gate;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);
        private int position;

        Gated(byte[] bytes, int gate) {
            this.bytes = bytes;
            this.gate = gate;
        }

        /** Waits until the first part was read and more is asked for. */
        void awaitReached() throws InterruptedException {
            if (!reached.await(1, TimeUnit.MINUTES)) {
                throw new AssertionError("The stream was not read up to its gate within a minute");
            }
        }

        void open() {
            open.countDown();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (position == gate) {
                reached.countDown();
                try {
                    open.await();
                } catch (InterruptedException e) {
                    throw new InterruptedIOException("Interrupted while waiting for the client");
                }
            }
            if (position == bytes.length) {
                return -1;
            }
            int end = position < gate ? gate : bytes.length;
            int count = Math.min(length, end - position);
            System.arraycopy(bytes, position, buffer, offset, count);
            position += count;
            return count;
        }
    }
}
