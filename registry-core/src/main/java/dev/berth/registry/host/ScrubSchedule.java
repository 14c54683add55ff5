package dev.berth.registry.host;

import dev.berth.registry.maintenance.scrub.ScrubOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * When damage is looked for, and how. Immutable.
 *
 * @param interval the time from the beginning of one round to that of the next, whichever process over the store makes it
 * @param options the other options, whose listener is told as well
 * @since 0.1
 */
public record ScrubSchedule(Duration interval, ScrubOptions options) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the interval is not positive
     */
    public ScrubSchedule {
        Times.requirePositive(interval, "interval of scrubs");
        Objects.requireNonNull(options, "options");
    }

    /** Returns a schedule of once a week, that reads 20 MiB in a second. */
    public static ScrubSchedule defaults() {
        return new ScrubSchedule(
                Duration.ofDays(7),
                ScrubOptions.builder().bytesPerSecond(20 << 20).build());
    }
}
