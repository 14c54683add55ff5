package dev.berth.registry.webhook.api;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.cache.RecentlyUsed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Limits test messages, each of which holds a thread of the server for as long as the receiver takes, and could be used to
 * find out what answers where. Thread-safe.
 */
final class TestLimit {
    /** How many somebody may send in a minute. */
    static final int MOST = 6;

    /** How many may be under way, of all callers together. */
    static final int AT_THE_SAME_TIME = 4;

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int CALLERS = 1000;

    private final InstantSource clock;
    private final Semaphore running = new Semaphore(AT_THE_SAME_TIME);
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<String, Deque<Instant>> sent = new RecentlyUsed<>(CALLERS);

    TestLimit(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Makes a test, if the caller may make one now.
     *
     * @throws RegistryException with {@code TOOMANYREQUESTS} if not
     */
    <T> T within(String caller, Supplier<T> test) {
        if (!running.tryAcquire()) {
            throw tooMany("Other tests of webhooks are under way", Duration.ofSeconds(5));
        }
        try {
            count(caller);
            return test.get();
        } finally {
            running.release();
        }
    }

    private void count(String caller) {
        lock.lock();
        try {
            Instant now = clock.instant();
            Deque<Instant> times = sent.getOrCreate(caller, name -> new ArrayDeque<>());
            // A time in the future is from before the clock was set back.
            times.removeIf(time -> time.isAfter(now) || !time.plus(WINDOW).isAfter(now));
            if (times.size() >= MOST) {
                throw tooMany(
                        "Somebody may test webhooks " + MOST + " times in a minute",
                        Duration.between(now, times.getFirst().plus(WINDOW)));
            }
            times.addLast(now);
        } finally {
            lock.unlock();
        }
    }

    private static RegistryException tooMany(String why, Duration wait) {
        return RegistryException.builder(RegistryError.of(ErrorCode.TOOMANYREQUESTS, why + "; try again later"))
                .retryAfter(wait)
                .build();
    }
}
