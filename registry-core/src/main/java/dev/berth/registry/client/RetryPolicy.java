package dev.berth.registry.client;

import java.time.Duration;

/**
 * How often a call is tried, and how long is waited in between: each pause may be twice as long as the one before, and
 * is a random part of that, so that many clients do not come back at the same instant. A server that says how long to
 * wait is obeyed.
 *
 * <p>Only what passes is tried again (429, 502, 503, 504, broken and refused connections), and only where that is safe.
 *
 * @param attempts how often a call is tried, at least 1: that is without any retry
 * @param firstPause the longest pause before the second attempt
 * @param longestPause the longest pause before any attempt
 * @param longestWait how long a server may make us wait ({@code Retry-After}): a call that would have to wait for longer
 *     fails at once, and tells for how long
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause, Duration longestWait) {
    private static final RetryPolicy STANDARD =
            new RetryPolicy(5, Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofMinutes(1));

    /** Checks that the number is positive and no pause negative. */
    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("A call must be tried at least once, not " + attempts + " times");
        }
        if (firstPause.isNegative() || longestPause.isNegative() || longestWait.isNegative()) {
            throw new IllegalArgumentException("A pause cannot be negative");
        }
    }

    /** Returns the policy of who does not choose one: 5 attempts, pauses up to 0.5, 1, 2 and 4 seconds. */
    public static RetryPolicy standard() {
        return STANDARD;
    }

    /** Returns a policy without any retry. */
    public static RetryPolicy none() {
        return new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /** Returns the longest pause behind this many attempts. */
    Duration pauseAfter(int made) {
        Duration pause = firstPause;
        for (int i = 1; i < made && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
