package dev.berth.examples.benchmarks.result;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Medians, and ratios pair by pair. */
public final class Statistics {
    private Statistics() {}

    /** The median, of two in the middle their mean; empty without values. What is not a number does not count. */
    public static OptionalDouble median(List<Double> values) {
        double[] sorted = values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    /**
     * The median of the ratios of values that were measured in the same round, one shortly after the other: what slows
     * the machine for a while slows both.
     */
    public static OptionalDouble pairedRatio(List<Double> values, List<Double> others) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(values.size(), others.size()); round++) {
            ratios.add(values.get(round) / others.get(round));
        }
        return median(ratios);
    }
}
