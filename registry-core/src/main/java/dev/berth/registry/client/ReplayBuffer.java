package dev.berth.registry.client;

import java.io.IOException;
import java.io.OutputStream;

/** The last bytes of a stream that can be read only once. For one thread. */
final class ReplayBuffer {
    private static final int SIZE = 64 * 1024;

    private final byte[] ring = new byte[SIZE];
    private long end;

    void append(byte[] bytes, int count) {
        int from = Math.max(0, count - SIZE);
        int length = count - from;
        int position = (int) ((end + from) % SIZE);
        int first = Math.min(length, SIZE - position);
        System.arraycopy(bytes, from, ring, position, first);
        System.arraycopy(bytes, from + first, ring, 0, length - first);
        end += count;
    }

    /** Returns whether everything from this position on is still there. */
    boolean reaches(long offset) {
        return offset >= 0 && offset <= end && end - offset <= SIZE;
    }

    void writeFrom(long offset, OutputStream output) throws IOException {
        if (!reaches(offset)) {
            throw new IllegalStateException("The bytes from " + offset + " on are not there any more");
        }
        int position = (int) (offset % SIZE);
        int length = (int) (end - offset);
        int first = Math.min(length, SIZE - position);
        output.write(ring, position, first);
        output.write(ring, 0, length - first);
    }
}
