package dev.berth.examples.standalone.content;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

/**
 * Content larger than memory, generated while it is read and compared while it arrives. Equal seeds give equal content.
 * Every block is a section of the same random bytes at another offset, so that a misplaced block is a difference.
 */
public final class GeneratedContent {
    private static final int BLOCK = 64 * 1024;
    private static final int NOISE = 1024 * 1024;

    /** Odd, so that no two of the first million blocks start at the same offset. */
    private static final int STRIDE = 7919;

    private final byte[] noise = new byte[NOISE + BLOCK];
    private final long size;

    public GeneratedContent(long seed, long size) {
        new Random(seed).nextBytes(noise);
        this.size = size;
    }

    public long size() {
        return size;
    }

    private int start(long position) {
        return (int) (position / BLOCK * STRIDE % NOISE + position % BLOCK);
    }

    private int untilBlockEnds(long position) {
        return (int) Math.min(BLOCK - position % BLOCK, size - position);
    }

    public InputStream stream() {
        return new GeneratedStream();
    }

    /** Returns a stream that runs an action once so many bytes have been read. */
    public InputStream streamThenRun(long bytes, Runnable happens) {
        return new GeneratedStream() {
            private boolean happened;

            @Override
            public int read(byte[] buffer, int offset, int length) {
                if (position() >= bytes && !happened) {
                    happened = true;
                    happens.run();
                }
                return super.read(buffer, offset, length);
            }
        };
    }

    public String digest() {
        MessageDigest hash = Content.hash("sha256");
        for (long position = 0; position < size; position += BLOCK) {
            hash.update(noise, start(position), untilBlockEnds(position));
        }
        return Content.format("sha256", hash.digest());
    }

    /** Reads a stream to its end and fails unless it has exactly this content. */
    public void expect(InputStream stream) throws IOException {
        byte[] buffer = new byte[BLOCK];
        long position = 0;
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
            if (position + n > size) {
                throw new AssertionError("More than " + size + " bytes");
            }
            expect(buffer, n, position);
            position += n;
        }
        if (position != size) {
            throw new AssertionError("The stream ends after " + position + " of " + size + " bytes");
        }
    }

    private void expect(byte[] bytes, int length, long position) {
        for (int done = 0; done < length; ) {
            long at = position + done;
            int n = Math.min(untilBlockEnds(at), length - done);
            int difference = Arrays.mismatch(bytes, done, done + n, noise, start(at), start(at) + n);
            if (difference >= 0) {
                throw new AssertionError("Another byte at " + (at + difference) + " of " + size);
            }
            done += n;
        }
    }

    private class GeneratedStream extends InputStream {
        private long position;

        long position() {
            return position;
        }

        @Override
        public int read() {
            return position == size ? -1 : noise[start(position++)] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, buffer.length);
            if (position == size) {
                return length == 0 ? 0 : -1;
            }
            int done = 0;
            while (done < length && position < size) {
                int n = Math.min(untilBlockEnds(position), length - done);
                System.arraycopy(noise, start(position), buffer, offset + done, n);
                position += n;
                done += n;
            }
            return done;
        }
    }
}
