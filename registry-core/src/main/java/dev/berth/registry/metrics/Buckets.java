package dev.berth.registry.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bounds of a histogram, and its unit. What is observed are whole numbers: nanoseconds, of which seconds are shown, or
 * bytes. Immutable.
 *
 * @since 0.1
 */
public final class Buckets {
    private static final double NANOS = 1e9;
    private static final int DOUBLINGS = 22;

    private final long[] bounds;
    private final double unit;
    private final List<String> texts;

    private Buckets(long[] bounds, double unit, List<String> texts) {
        for (int i = 1; i < bounds.length; i++) {
            if (bounds[i] <= bounds[i - 1]) {
                throw new IllegalArgumentException("The bounds of a histogram ascend: " + texts);
            }
        }
        this.bounds = bounds;
        this.unit = unit;
        this.texts = texts;
    }

    /**
     * Returns bounds in seconds, for durations that are observed in nanoseconds.
     *
     * @throws IllegalArgumentException if they do not ascend
     */
    public static Buckets seconds(double... bounds) {
        return new Buckets(
                Arrays.stream(bounds)
                        .mapToLong(seconds -> Math.round(seconds * NANOS))
                        .toArray(),
                NANOS,
                Arrays.stream(bounds).mapToObj(Numbers::text).toList());
    }

    /**
     * Returns bounds in bytes.
     *
     * @throws IllegalArgumentException if they do not ascend
     */
    public static Buckets bytes(long... bounds) {
        return new Buckets(
                bounds.clone(),
                1,
                Arrays.stream(bounds)
                        .mapToObj(bound -> Numbers.text((double) bound))
                        .toList());
    }

    /** The durations of requests, as {@code registry:2} has them: 5 ms to a minute. */
    static Buckets requestSeconds() {
        return seconds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60);
    }

    /** The durations of calls of a store, as {@code registry:2} has them: 5 ms to 10 s. */
    static Buckets storageSeconds() {
        return seconds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);
    }

    /** The sizes of bodies, as {@code registry:2} has them: 1 KiB to 2 GiB. */
    static Buckets bodyBytes() {
        return bytes(Stream.iterate(1024L, size -> size * 2)
                .limit(DOUBLINGS)
                .mapToLong(Long::longValue)
                .toArray());
    }

    int size() {
        return bounds.length;
    }

    /** Returns the index of the first bound that is not below a value, or the number of bounds if all are. */
    int indexOf(long value) {
        // Most values belong into one of the first buckets.
        int index = 0;
        while (index < bounds.length && value > bounds[index]) {
            index++;
        }
        return index;
    }

    /** Returns a bound as text, in the unit that is shown. */
    String text(int index) {
        return texts.get(index);
    }

    double scaled(long sum) {
        return sum / unit;
    }
}
