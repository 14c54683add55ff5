package dev.berth.examples.benchmarks.result;

import java.util.Locale;

/** Numbers as people read them: three digits are enough. */
final class Numbers {
    private Numbers() {}

    static String value(double value) {
        if (value >= 1000) {
            double unit = Math.pow(10, Math.floor(Math.log10(value)) - 2);
            return format("%,.0f", Math.round(value / unit) * unit);
        }
        if (value >= 100) {
            return format("%.0f", value);
        }
        return format(value >= 10 ? "%.1f" : "%.2f", value);
    }

    static String withUnit(double value, String unit) {
        return value(value) + (unit.endsWith("/s") && !unit.startsWith("MB") ? "/s" : " " + unit);
    }

    static String factor(double factor) {
        return format(factor >= 10 ? "%.0f" : factor >= 2 ? "%.1f" : "%.2f", factor) + " ×";
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
