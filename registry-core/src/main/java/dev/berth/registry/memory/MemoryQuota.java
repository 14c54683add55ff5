package dev.berth.registry.memory;

import dev.berth.registry.storage.StorageFullException;
import java.util.concurrent.atomic.AtomicLong;

/** The number of bytes that a store holds, and its limit. Thread-safe. */
final class MemoryQuota {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    MemoryQuota(long limit) {
        this.limit = limit;
    }

    /** Reserves space for this many bytes, or for none. */
    void reserve(long bytes) throws StorageFullException {
        long usedBefore = used.getAndAdd(bytes);
        if (bytes > limit - usedBefore) {
            used.addAndGet(-bytes);
            throw new StorageFullException("There is no room for " + bytes + " more bytes: this store in memory holds "
                    + usedBefore + " bytes of at most " + limit);
        }
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
