package dev.berth.registry.simulation;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long what a store is asked for takes to arrive there, and its answer to come back: mostly no time or milliseconds, and
 * at times about as long as something that the protocol relies on.
 */
final class Delays {
    /** No step takes any time, and none lets others go on. */
    static final Delays NONE = new Delays(1, 0, new long[] {0});

    /** No request of a store lives for longer. */
    static final Duration LONGEST = Duration.ofMinutes(8);

    private final double none;
    private final double slow;
    private final long[] scales;

    private Delays(double none, double slow, long[] scales) {
        this.none = none;
        this.slow = slow;
        this.scales = scales;
    }

    /**
     * Returns delays.
     *
     * @param none the share of steps at which nobody else goes on
     * @param slow the share of steps that take long
     * @param scales which times the slow ones are about as long as
     */
    static Delays of(double none, double slow, Duration... scales) {
        long[] nanos = new long[scales.length];
        for (int i = 0; i < scales.length; i++) {
            nanos[i] = scales[i].toNanos();
        }
        return new Delays(none, slow, nanos);
    }

    /** Returns how long the next step takes in nanoseconds, or a negative number if nobody else goes on at it. */
    long next(SplittableRandom random) {
        double kind = random.nextDouble();
        if (kind < none) {
            return -1;
        }
        if (kind < none + slow) {
            long scale = scales[random.nextInt(scales.length)];
            return scale / 2 + random.nextLong(scale);
        }
        return random.nextBoolean() ? 0 : random.nextLong(20_000_000);
    }
}
