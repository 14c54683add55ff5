package dev.berth.registry.scan.format.elf;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a stream forwards, through a window of which bytes that were not used yet can be looked at. */
final class ForwardReader {
    private final InputStream in;
    private final byte[] window = new byte[64 * 1024];
    private int position;
    private int limit;
    /** The place in the file of the first byte of the window. */
    private long start;

    ForwardReader(InputStream in) {
        this.in = in;
    }

    long position() {
        return start + position;
    }

    /** Goes to a place further on. Returns whether it is there, and not behind already. */
    boolean skipTo(long place) throws IOException {
        while (start + limit < place) {
            position = limit;
            if (!fill(1)) {
                return false;
            }
        }
        if (place < start + position) {
            return false;
        }
        position = (int) (place - start);
        return true;
    }

    /** Makes bytes available. Returns whether there are as many. */
    boolean fill(int bytes) throws IOException {
        if (limit - position >= bytes) {
            return true;
        }
        if (position > window.length - bytes || position == limit) {
            System.arraycopy(window, position, window, 0, limit - position);
            start += position;
            limit -= position;
            position = 0;
        }
        while (limit - position < bytes) {
            int count = in.read(window, limit, window.length - limit);
            if (count < 0) {
                return false;
            }
            limit += count;
        }
        return true;
    }

    /** Returns how many bytes are available without reading. */
    int available() {
        return limit - position;
    }

    /** Looks at an available byte. */
    byte peek(int ahead) {
        return window[position + ahead];
    }

    /** Returns available bytes without using them. */
    byte[] peek(int from, int bytes) {
        return Arrays.copyOfRange(window, position + from, position + from + bytes);
    }

    void skip(int bytes) {
        position += bytes;
    }

    /** Returns so many bytes, or fewer at the end. */
    byte[] take(int bytes) throws IOException {
        byte[] taken = new byte[bytes];
        int done = 0;
        while (done < bytes && fill(1)) {
            int count = Math.min(bytes - done, limit - position);
            System.arraycopy(window, position, taken, done, count);
            position += count;
            done += count;
        }
        return done == bytes ? taken : Arrays.copyOf(taken, done);
    }
}
