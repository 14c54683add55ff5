package dev.berth.registry.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many values there were up to each bound, and their sum. Observing takes no lock and allocates nothing. Thread-safe.
 *
 * @since 0.1
 */
public final class Histogram extends Series {
    private final Buckets buckets;
    /** One more than there are bounds: the last has what exceeds all of them. */
    private final LongAdder[] counts;

    private final LongAdder sum = new LongAdder();

    Histogram(SeriesName name, Buckets buckets) {
        super(name);
        this.buckets = buckets;
        this.counts = new LongAdder[buckets.size() + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /**
     * Counts a value.
     *
     * @param value nanoseconds or bytes, as the {@link Buckets} are made for; a negative one counts as 0
     */
    public void observe(long value) {
        long positive = Math.max(0, value);
        counts[buckets.indexOf(positive)].increment();
        sum.add(positive);
    }

    /** Returns the sum of all values, in seconds or bytes. */
    @Override
    public double value() {
        return buckets.scaled(sum.sum());
    }

    @Override
    public long count() {
        long count = 0;
        for (LongAdder bucket : counts) {
            count += bucket.sum();
        }
        return count;
    }

    @Override
    void write(TextFormat output) {
        String labels = seriesName().text();
        String prefix = labels.isEmpty() ? "le=\"" : labels + ",le=\"";
        long count = 0;
        for (int i = 0; i < counts.length; i++) {
            count += counts[i].sum();
            String bound = i < buckets.size() ? buckets.text(i) : "+Inf";
            output.sample("_bucket", prefix + bound + "\"", Numbers.text(count));
        }
        output.sample("_sum", labels, Numbers.text(value()));
        // What was counted meanwhile is left for next time, so that the last bucket has exactly as many.
        output.sample("_count", labels, Numbers.text(count));
    }
}
