package dev.berth.registry.metrics;

import java.util.Map;

/**
 * One of the numbers, or distributions, that a metric has for each combination of its labels. Thread-safe.
 *
 * @since 0.1
 */
public abstract sealed class Series permits Counter, Gauge, Histogram, Reading {
    private final SeriesName name;

    Series(SeriesName name) {
        this.name = name;
    }

    /** Returns the name of the metric. */
    public final String name() {
        return name.metric().name();
    }

    /** Returns what the metric means, in a sentence. */
    public final String help() {
        return name.metric().help();
    }

    /** Returns the type of the metric. */
    public final MetricType type() {
        return name.metric().type();
    }

    /** Returns the labels and their values, in the order of the metric. */
    public final Map<String, String> labels() {
        return name.labels();
    }

    /** Returns the number of a counter or gauge, now; of anything else, the sum of its values. */
    public abstract double value();

    /** Returns how many values a histogram or summary has got; 0 for anything else. */
    public long count() {
        return 0;
    }

    /** Writes the samples. */
    void write(TextFormat output) {
        output.sample("", name.text(), Numbers.text(value()));
    }

    final SeriesName seriesName() {
        return name;
    }

    /** Returns the name with the labels, as in the text format. */
    @Override
    public String toString() {
        return name() + (name.text().isEmpty() ? "" : "{" + name.text() + "}");
    }
}
