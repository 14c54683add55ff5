package dev.berth.registry.memory;

import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one append adds to an upload: first the rest of the upload's last block, then blocks of its own. Nobody else
 * looks at either before the append has ended. For one thread.
 */
final class AppendBuffer {
    private final MemoryQuota quota;
    private final List<byte[]> added = new ArrayList<>();
    private byte @Nullable [] last;
    private int used;
    private long size;

    /**
     * Begins behind what the upload has.
     *
     * @param last the block to go on with, if there is one that is not full
     * @param used how many bytes of it are taken
     */
    AppendBuffer(MemoryQuota quota, byte @Nullable [] last, int used) {
        this.quota = quota;
        this.last = last;
        this.used = used;
    }

    /** Reads what the stream has to give at present, and returns whether there may be more. */
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

    /** Forgets everything that was added. */
    void discard() {
        quota.release(size);
        added.clear();
        size = 0;
    }

    /** Returns the number of bytes added. */
    long size() {
        return size;
    }

    /** Returns the blocks to add behind those that the upload has. */
    List<byte[]> blocks() {
        return added;
    }
}
