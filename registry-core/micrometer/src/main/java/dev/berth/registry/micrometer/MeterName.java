package dev.berth.registry.micrometer;

import org.jspecify.annotations.Nullable;

/**
 * The name of a meter, to which Micrometer's registries add what their systems want: unit and suffix.
 *
 * @param text words with dots between them
 * @param unit the unit, or null if there is none
 */
record MeterName(String text, @Nullable String unit) {
    private static final String TOTAL = "_total";

    static MeterName of(String metric) {
        String name = metric.endsWith(TOTAL) ? metric.substring(0, metric.length() - TOTAL.length()) : metric;
        for (String unit : new String[] {"seconds", "bytes"}) {
            if (name.endsWith("_" + unit)) {
                return new MeterName(dotted(name.substring(0, name.length() - unit.length() - 1)), unit);
            }
        }
        return new MeterName(dotted(name), null);
    }

    private static String dotted(String name) {
        return name.replace('_', '.');
    }

    boolean isSeconds() {
        return "seconds".equals(unit);
    }
}
