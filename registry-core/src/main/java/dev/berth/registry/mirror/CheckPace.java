package dev.berth.registry.mirror;

import dev.berth.registry.client.limit.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Spreads the checks of tags over the time for which a limit holds, once less than a quarter of the requests is left: those
 * are for what is not here. Thread-safe.
 */
final class CheckPace {
    private static final int SPARED = 4;
    private static final Duration USUAL_WINDOW = Duration.ofHours(6);

    private final ReentrantLock lock = new ReentrantLock();
    private Instant next = Instant.MIN;

    /** Returns whether a tag may be checked now, and counts that it is. */
    boolean take(Optional<RateLimit> said, Instant now) {
        if (said.isEmpty()) {
            return true;
        }
        RateLimit limit = said.get();
        Duration window = limit.window().orElse(USUAL_WINDOW);
        boolean over = now.isAfter(limit.seen().plus(window));
        boolean enough = limit.remaining() > limit.limit().orElse(Long.MAX_VALUE) / SPARED
                || limit.limit().isEmpty() && limit.remaining() > 0;
        if (over || enough) {
            return true;
        }
        if (limit.remaining() == 0) {
            return false;
        }
        lock.lock();
        try {
            if (now.isBefore(next)) {
                return false;
            }
            next = now.plus(window.dividedBy(limit.remaining()));
            return true;
        } finally {
            lock.unlock();
        }
    }
}
