package dev.berth.registry.host;

import dev.berth.registry.maintenance.CollectionOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * When what nobody needs is removed, and how. Immutable.
 *
 * @param interval the time until the first collection, and from the end of one to the next one
 * @param fullInterval the time between two collections of everything; others look at what has changed. The first one of a
 *     process looks at everything, since {@code registry:2} may have written into the store before
 * @param threads how many threads work at different digests at the same time: each waits for the store. They exist while a
 *     collection runs. 1 leaves that to the options
 * @param options the other options, whose listener is told as well
 * @since 0.1
 */
public record CollectionSchedule(Duration interval, Duration fullInterval, int threads, CollectionOptions options) {
    private static final int MOST_THREADS = 64;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a time is not positive, or the number of threads is not 1 to 64
     */
    public CollectionSchedule {
        Times.requirePositive(interval, "interval of collections");
        Times.requirePositive(fullInterval, "interval of collections of everything");
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("A collection has 1 to " + MOST_THREADS + " threads, not " + threads);
        }
        Objects.requireNonNull(options, "options");
    }

    /**
     * Returns a schedule of every ten minutes, and of everything once a week, by eight threads that make 500 calls of the
     * store in a second together, with the other options as they are by default.
     */
    public static CollectionSchedule defaults() {
        return of(CollectionOptions.builder().callsPerSecond(500).build());
    }

    /** Returns the times and threads of {@link #defaults}, with options. */
    public static CollectionSchedule of(CollectionOptions options) {
        return new CollectionSchedule(Duration.ofMinutes(10), Duration.ofDays(7), 8, options);
    }

    /** Returns this schedule with another interval. */
    public CollectionSchedule every(Duration newInterval) {
        return new CollectionSchedule(newInterval, fullInterval, threads, options);
    }
}
