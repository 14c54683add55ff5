package dev.berth.registry.scan.gate;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.cache.RecentlyUsed;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/** Remembers when images were first asked for that nobody has scanned. One that was forgotten begins anew. Thread-safe. */
final class FirstAsked {
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<Image, Instant> times;

    private record Image(RepositoryName repository, Digest digest) {}

    FirstAsked(int capacity) {
        this.times = new RecentlyUsed<>(capacity);
    }

    Instant of(RepositoryName repository, Digest image, Instant now) {
        lock.lock();
        try {
            return times.getOrCreate(new Image(repository, image), key -> now);
        } finally {
            lock.unlock();
        }
    }
}
