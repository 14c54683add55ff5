package dev.berth.registry.host;

import dev.berth.registry.rules.RetentionOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * When rules for tags delete, and how. Immutable.
 *
 * @param interval the time from the end of one run to the next. The first one begins after this time, but within five minutes,
 *     since a process that is often started again must get to it, too
 * @param options the other options
 * @since 0.1
 */
public record RetentionSchedule(Duration interval, RetentionOptions options) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the interval is not positive
     */
    public RetentionSchedule {
        Times.requirePositive(interval, "interval of retention");
        Objects.requireNonNull(options, "options");
    }

    /** Returns a schedule of once a day. */
    public static RetentionSchedule defaults() {
        return new RetentionSchedule(Duration.ofDays(1), RetentionOptions.defaults());
    }
}
