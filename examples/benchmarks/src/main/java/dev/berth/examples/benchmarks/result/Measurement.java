package dev.berth.examples.benchmarks.result;

import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of one scenario with one target in one round, by name; the first, {@link #VALUE}, is compared. */
public record Measurement(Facts facts, Map<String, Double> figures) {
    /** The figure that is compared. */
    public static final String VALUE = "value";

    /** The median of the times of operations, in milliseconds. */
    public static final String P50 = "p50";

    /** The time that all but 1 % of operations took at most, in milliseconds. */
    public static final String P99 = "p99";

    /** How many operations failed. */
    public static final String ERRORS = "errors";

    /** Processor time of the server, in seconds. */
    public static final String CPU = "cpuSeconds";

    /** Processor time of the server for one operation, in milliseconds. */
    public static final String CPU_PER_OPERATION = "cpuMillisPerOperation";

    /** One that is nothing but a value. */
    public static Measurement of(Facts facts, double value) {
        return new Measurement(facts, Map.of(VALUE, value));
    }

    /** The same with another figure. */
    public Measurement with(String name, double figure) {
        Map<String, Double> more = new LinkedHashMap<>(figures);
        more.put(name, figure);
        return new Measurement(facts, more);
    }
}
