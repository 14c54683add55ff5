package dev.berth.registry.client;

import java.time.Duration;

/**
 * How transient failures are retried: exponential backoff with jitter. Each pause may be twice as long as the one before,
 * and is a random part of that, at least half, so that clients do not retry in step. A server's {@code Retry-After} is
 * waited for besides.
 *
 * <p>Transient are the statuses 429, 502, 503 and 504, and broken and refused connections. A request is retried only if
 * repeating it is safe. Immutable.
 *
 * @param attempts how often a call is attempted, at least 1, which is without retries
 * @param firstPause the longest pause before the second attempt
 * @param longestPause the longest pause before any attempt
 * @param longestWait the longest {@code Retry-After} that is waited for: a call that would have to wait longer fails at
 *     once, and its exception has the {@linkplain dev.berth.registry.RegistryException#retryAfter() time}
 * @since 0.1
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause, Duration longestWait) {
    private static final RetryPolicy STANDARD =
            new RetryPolicy(5, Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofMinutes(1));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there is no attempt, or a duration is negative
     */
    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("A call needs at least 1 attempt, not " + attempts);
        }
        if (firstPause.isNegative() || longestPause.isNegative() || longestWait.isNegative()) {
            throw new IllegalArgumentException("A pause cannot be negative");
        }
    }

    /** Returns the default policy: 5 attempts, with pauses of up to 0.5, 1, 2 and 4 seconds, and waits of up to a minute. */
    public static RetryPolicy standard() {
        return STANDARD;
    }

    /** Returns a policy without retries. */
    public static RetryPolicy none() {
        return new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /** Returns the longest pause after this many attempts. */
    Duration pauseAfter(int made) {
        Duration pause = firstPause;
        for (int i = 1; i < made && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
