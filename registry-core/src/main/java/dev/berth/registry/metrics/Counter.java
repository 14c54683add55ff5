package dev.berth.registry.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * A number that only grows. Counting takes no lock and allocates nothing. Thread-safe.
 *
 * @since 0.1
 */
public final class Counter extends Series {
    private final LongAdder count = new LongAdder();

    Counter(SeriesName name) {
        super(name);
    }

    /** Adds one. */
    public void increment() {
        count.increment();
    }

    /**
     * Adds a number.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public void add(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("A counter only grows: " + number);
        }
        count.add(number);
    }

    @Override
    public double value() {
        return count.sum();
    }
}
