package dev.berth.registry.scan.internal.cvss;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a vector says: the values of its metrics, each one of those that the metric may have. */
final class Metrics {
    /** The value of a metric that is not defined. */
    static final String NOT_DEFINED = "X";

    private final Map<String, String> values;

    private Metrics(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a vector.
     *
     * @param mandatory the metrics that must be there, each with its values, divided by spaces
     * @param optional those that may be there, likewise
     * @return empty if a metric is missing, is there twice, or is unknown, or a value is
     */
    static Optional<Metrics> parse(String vector, Map<String, String> mandatory, Map<String, String> optional) {
        Map<String, String> values = new HashMap<>();
        String[] parts = vector.split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            int colon = parts[i].indexOf(':');
            if (colon <= 0) {
                return Optional.empty();
            }
            String name = parts[i].substring(0, colon);
            String value = parts[i].substring(colon + 1);
            String allowed = mandatory.getOrDefault(name, optional.getOrDefault(name, ""));
            if (!isOneOf(value, allowed) || values.put(name, value) != null) {
                return Optional.empty();
            }
        }
        return values.keySet().containsAll(mandatory.keySet()) ? Optional.of(new Metrics(values)) : Optional.empty();
    }

    private static boolean isOneOf(String value, String allowed) {
        for (String one : allowed.split(" ", -1)) {
            if (!value.isEmpty() && one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the value of a metric, {@link #NOT_DEFINED} if the vector does not have it. */
    String get(String metric) {
        return values.getOrDefault(metric, NOT_DEFINED);
    }

    /** Returns whether a metric has a value. */
    boolean is(String metric, String value) {
        return get(metric).equals(value);
    }
}
