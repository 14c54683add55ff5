package dev.berth.registry.scan.gate;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.cache.RecentlyUsed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers decisions for a short time. One that began before something changed is not used after it: a change is counted
 * when it is made, and each decision has the counts of before it was begun. Failures are not remembered. Thread-safe.
 */
final class Decisions {
    /** Repositories share their counts with some others. */
    private static final int COUNTS = 1024;

    private final Duration time;
    private final InstantSource clock;
    private final AtomicLong everywhere = new AtomicLong();
    private final AtomicLongArray changes = new AtomicLongArray(COUNTS);
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<Key, Decision> remembered;

    /**
     * What was decided.
     *
     * @param named whether the image was asked for by a tag that the rule is for
     */
    record Key(RepositoryName repository, Digest image, GateRule rule, boolean named) {}

    private record Counts(long everywhere, long here) {}

    private record Decision(Outcome outcome, Instant at, Counts counts) {}

    Decisions(GateOptions options) {
        this.time = options.remembered();
        this.clock = options.clock();
        this.remembered = new RecentlyUsed<>(options.capacity());
    }

    /** Returns what was decided, or decides it. */
    Outcome of(Key key, Supplier<Outcome> judging) {
        if (time.isZero()) {
            return judging.get();
        }
        Counts counts = counts(key.repository());
        Instant now = clock.instant();
        Optional<Outcome> last = last(key, counts, now);
        if (last.isPresent()) {
            return last.get();
        }
        Outcome outcome = judging.get();
        lock.lock();
        try {
            remembered.put(key, new Decision(outcome, now, counts));
        } finally {
            lock.unlock();
        }
        return outcome;
    }

    private Optional<Outcome> last(Key key, Counts counts, Instant now) {
        @Nullable Decision decision;
        lock.lock();
        try {
            decision = remembered.get(key);
        } finally {
            lock.unlock();
        }
        return Optional.ofNullable(decision)
                .filter(known -> known.counts.equals(counts)
                        && !now.isBefore(known.at)
                        && now.isBefore(known.at.plus(time))
                        && known.outcome.until().map(now::isBefore).orElse(true))
                .map(Decision::outcome);
    }

    private Counts counts(RepositoryName repository) {
        return new Counts(everywhere.get(), changes.get(slot(repository)));
    }

    private static int slot(RepositoryName repository) {
        return Math.floorMod(repository.hashCode(), COUNTS);
    }

    void forget() {
        everywhere.incrementAndGet();
    }

    void forget(RepositoryName repository) {
        changes.incrementAndGet(slot(repository));
    }
}
