package dev.berth.registry.metrics;

import java.time.Duration;

/**
 * When a {@link HealthCheck} is made, and what counts as a failure. Immutable.
 *
 * @param interval how long to wait between two
 * @param threshold how many must fail one after the other before it counts
 * @param timeout how long one may take; a longer one has failed
 * @since 0.1
 */
public record CheckSchedule(Duration interval, int threshold, Duration timeout) {

    /** Checks the values. */
    public CheckSchedule {
        requirePositive("interval", interval);
        requirePositive("timeout", timeout);
        if (threshold < 1) {
            throw new IllegalArgumentException("The threshold of a health check must be at least 1, not " + threshold);
        }
    }

    /** Returns the default: every 10 seconds, each failure counts, and a check may take 10 seconds. */
    public static CheckSchedule defaults() {
        return new CheckSchedule(Duration.ofSeconds(10), 1, Duration.ofSeconds(10));
    }

    /** Returns this schedule with another interval. */
    public CheckSchedule every(Duration newInterval) {
        return new CheckSchedule(newInterval, threshold, timeout);
    }

    /** Returns this schedule with another threshold. */
    public CheckSchedule failingAfter(int newThreshold) {
        return new CheckSchedule(interval, newThreshold, timeout);
    }

    /** Returns this schedule with another time that a check may take. */
    public CheckSchedule within(Duration newTimeout) {
        return new CheckSchedule(interval, threshold, newTimeout);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "The " + name + " of a health check must be more than zero and at most a day, not " + value);
        }
    }
}
