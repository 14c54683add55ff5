package dev.berth.registry.internal.eventlog;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Nanoseconds since 1970 that always ascend, and are above all that this node has seen. Thread-safe. */
final class HybridClock {
    /** Times above it are damaged, or of somebody who means harm. It leaves room for some years of ascending. */
    static final long MOST = Long.MAX_VALUE - TimeUnit.DAYS.toNanos(10_000);

    private final InstantSource clock;
    private final AtomicLong last = new AtomicLong();

    HybridClock(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns a time above all that were returned or observed before. */
    long next() {
        long now = now();
        return last.updateAndGet(before -> Math.max(before + 1, now));
    }

    /** Goes on above a time that another node, or an earlier process, has used. */
    void observe(long time) {
        if (time < MOST) {
            last.accumulateAndGet(time, Math::max);
        }
    }

    private long now() {
        Instant now = clock.instant();
        long seconds = Math.max(0, Math.min(now.getEpochSecond(), TimeUnit.NANOSECONDS.toSeconds(MOST) - 1));
        return TimeUnit.SECONDS.toNanos(seconds) + now.getNano();
    }
}
