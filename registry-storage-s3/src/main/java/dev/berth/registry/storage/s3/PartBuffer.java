package dev.berth.registry.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import software.amazon.awssdk.core.sync.RequestBody;

/** Bytes of one part. Takes as much memory as there is to keep, up to a limit. For one thread at a time. */
final class PartBuffer {
    private static final int FIRST_BYTES = 64 * 1024;

    private final int limit;
    private byte[] bytes = new byte[0];
    private int size;

    PartBuffer(int limit) {
        this.limit = limit;
    }

    static PartBuffer of(byte[] content, int limit) {
        PartBuffer buffer = new PartBuffer(limit);
        buffer.bytes = content;
        buffer.size = content.length;
        return buffer;
    }

    int size() {
        return size;
    }

    boolean full() {
        return size == limit;
    }

    /** Returns how much memory it takes. */
    int capacity() {
        return bytes.length;
    }

    void clear() {
        size = 0;
    }

    /** Reads until it holds this many bytes, or the source has no more. */
    void fill(AppendSource source, int upTo) {
        while (size < upTo) {
            makeRoom(upTo);
            int read = source.read(bytes, size, Math.min(upTo, bytes.length) - size);
            if (read < 0) {
                return;
            }
            size += read;
        }
    }

    private void makeRoom(int upTo) {
        if (size == bytes.length) {
            long more = Math.max(FIRST_BYTES, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(more, Math.max(upTo, FIRST_BYTES)));
        }
    }

    byte[] from(int offset) {
        return Arrays.copyOfRange(bytes, offset, size);
    }

    /** Returns the content as the body of a request. The content must not change before the response. */
    RequestBody body() {
        return Bucket.body(bytes, size);
    }

    InputStream stream() {
        return new ByteArrayInputStream(bytes, 0, size);
    }
}
