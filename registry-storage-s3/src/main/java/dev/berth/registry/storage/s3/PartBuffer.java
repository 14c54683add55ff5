package dev.berth.registry.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Bytes of one part. Takes as much memory as there is to keep, up to a limit, which counts as that of an append or write.
 * For one thread at a time.
 */
final class PartBuffer {
    private static final int FIRST_BYTES = 64 * 1024;

    private final int limit;
    private PartMemory.Lease memory;
    private int counted;
    private byte[] bytes = new byte[0];
    private int size;

    PartBuffer(int limit, PartMemory.Lease memory) {
        this.limit = limit;
        this.memory = memory;
    }

    /** Makes a buffer that an earlier append has left count as memory of this one. */
    PartBuffer countedBy(PartMemory.Lease lease) throws IOException {
        lease.take(bytes.length);
        counted = bytes.length;
        memory = lease;
        return this;
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
    void fill(AppendSource source, int upTo) throws IOException {
        while (size < upTo) {
            makeRoom(upTo);
            int read = source.read(bytes, size, Math.min(upTo, bytes.length) - size);
            if (read < 0) {
                return;
            }
            size += read;
        }
    }

    private void makeRoom(int upTo) throws IOException {
        if (size == bytes.length) {
            int before = bytes.length;
            int after = (int) Math.min(Math.max(FIRST_BYTES, 2L * before), Math.max(upTo, FIRST_BYTES));
            // Beyond a fraction of a part all of it is taken at once: those that have much must not wait for each
            // other.
            int needed = after <= limit / 8 ? after : Math.max(upTo, after);
            if (needed > counted) {
                memory.take(needed - counted);
                counted = needed;
            }
            bytes = Arrays.copyOf(bytes, after);
        }
    }

    /** Returns the content from an offset as the body of a request. The content must not change before the response. */
    RequestBody from(int offset) {
        return Bucket.body(bytes, offset, size - offset);
    }

    /** Returns the content as the body of a request. The content must not change before the response. */
    RequestBody body() {
        return from(0);
    }

    InputStream stream() {
        return new ByteArrayInputStream(bytes, 0, size);
    }
}
