package dev.berth.registry.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * A number that goes up and down. Counting up and down takes no lock and allocates nothing. Thread-safe, but {@link #set}
 * is for gauges that are only set: of one that is counted as well, it may lose what is counted at the same time.
 *
 * @since 0.1
 */
public final class Gauge extends Series {
    private final LongAdder change = new LongAdder();
    private volatile double base;

    Gauge(SeriesName name) {
        super(name);
    }

    /** Adds one. */
    public void increment() {
        change.increment();
    }

    /** Subtracts one. */
    public void decrement() {
        change.decrement();
    }

    /** Sets the number. */
    public void set(long number) {
        set((double) number);
    }

    /** Sets the number. */
    public void set(double number) {
        change.reset();
        base = number;
    }

    @Override
    public double value() {
        return base + change.sum();
    }
}
