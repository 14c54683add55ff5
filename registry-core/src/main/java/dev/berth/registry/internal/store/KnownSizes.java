package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.internal.cache.RecentlyUsed;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sizes of data whose bytes this process has hashed. A digest has one size for ever, so data of another size is
 * damaged, and that shows without reading it. The least recently used sizes are dropped. Thread-safe.
 */
final class KnownSizes {
    private static final int CAPACITY = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<Digest, Long> sizes = new RecentlyUsed<>(CAPACITY);

    void remember(Digest digest, long size) {
        lock.lock();
        try {
            sizes.put(digest, size);
        } finally {
            lock.unlock();
        }
    }

    Optional<Long> find(Digest digest) {
        lock.lock();
        try {
            return Optional.ofNullable(sizes.get(digest));
        } finally {
            lock.unlock();
        }
    }
}
