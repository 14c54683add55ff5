package dev.berth.registry.memory;

import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that one append adds to an upload: first in the rest of the upload's last block, then in blocks of its own.
 * Nothing else reads either before the append has ended. For one thread.
 */
final class AppendBuffer {
    private final MemoryQuota quota;
    private final List<byte[]> added = new ArrayList<>();
    private byte @Nullable [] last;
    private int used;
    private long size;

    /**
     * Creates a buffer for bytes that follow those of the upload.
     *
     * @param last the last block of the upload, if it is not full
     * @param used the number of its bytes that are in use
     */
    AppendBuffer(MemoryQuota quota, byte @Nullable [] last, int used) {
        this.quota = quota;
        this.last = last;
        this.used = used;
    }

    /** Reads what is available from the stream, and returns whether there may be more. */
    boolean readFrom(InputStream content) throws IOException {
        byte[] block = last;
        boolean fresh = block == null || used == block.length;
        if (block == null || fresh) {
            block = new byte[Blocks.BLOCK];
            used = 0;
        }
        int count = content.read(block, used, block.length - used);
        if (count <= 0) {
            return count == 0;
        }
        try {
            quota.reserve(count);
        } catch (StorageFullException e) {
            discard();
            throw e;
        }
        if (fresh) {
            last = block;
            added.add(block);
        }
        used += count;
        size += count;
        return true;
    }

    /** Discards everything that was added. */
    void discard() {
        quota.release(size);
        added.clear();
        size = 0;
    }

    /** Returns the number of bytes added. */
    long size() {
        return size;
    }

    /** Returns the blocks to append to those of the upload. */
    List<byte[]> blocks() {
        return added;
    }
}
