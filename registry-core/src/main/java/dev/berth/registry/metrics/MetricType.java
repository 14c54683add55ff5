package dev.berth.registry.metrics;

import java.util.Locale;

/**
 * The types of metrics in Prometheus' text format.
 *
 * @since 0.1
 */
public enum MetricType {
    /** A number that only grows while the process lives. */
    COUNTER,
    /** A number that goes up and down. */
    GAUGE,
    /** How many values there were up to each of some bounds, and their sum. */
    HISTOGRAM,
    /** How many values there were, and their sum. */
    SUMMARY;

    /** Returns the name of the type in the text format. */
    String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
