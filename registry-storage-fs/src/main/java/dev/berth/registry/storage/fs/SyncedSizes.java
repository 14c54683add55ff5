package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The number of bytes of each upload that are known to be on the disk, so that a commit need not sync again what the
 * last append has synced. Evicts the oldest of many uploads, which are synced again then.
 */
final class SyncedSizes {
    private static final int UPLOADS = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ObjectKey, Long> sizes = new LinkedHashMap<>();

    void put(ObjectKey upload, long size) {
        lock.lock();
        try {
            sizes.remove(upload);
            sizes.put(upload, size);
            if (sizes.size() > UPLOADS) {
                sizes.remove(sizes.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    boolean covers(ObjectKey upload, long size) {
        lock.lock();
        try {
            Long synced = sizes.get(upload);
            return synced != null && synced == size;
        } finally {
            lock.unlock();
        }
    }

    void remove(ObjectKey upload) {
        lock.lock();
        try {
            sizes.remove(upload);
        } finally {
            lock.unlock();
        }
    }
}
