package dev.berth.registry.mirror;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.cache.RecentlyUsed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/** Remembers for a while what the upstream registry does not have. Thread-safe. */
final class MissingUpstream {
    private static final int MOST = 10_000;

    private final InstantSource clock;
    private final Duration time;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<Wanted, Instant> until = new RecentlyUsed<>(MOST);

    /** A manifest by tag or digest, or a blob: blobs and manifests of one digest differ. */
    record Wanted(RepositoryName repository, boolean blob, String reference) {}

    MissingUpstream(InstantSource clock, Duration time) {
        this.clock = clock;
        this.time = time;
    }

    boolean contains(Wanted wanted) {
        lock.lock();
        try {
            Instant known = until.get(wanted);
            return known != null && clock.instant().isBefore(known);
        } finally {
            lock.unlock();
        }
    }

    void add(Wanted wanted) {
        lock.lock();
        try {
            until.put(wanted, clock.instant().plus(time));
        } finally {
            lock.unlock();
        }
    }

    void remove(Wanted wanted) {
        lock.lock();
        try {
            until.remove(wanted);
        } finally {
            lock.unlock();
        }
    }
}
