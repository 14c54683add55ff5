package dev.berth.examples.benchmarks.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * All rounds of a scenario with a target.
 *
 * @param figures by name of the figure, its value in each round
 */
public record Series(Facts scenario, String target, Map<String, List<Double>> figures) {
    /** One without rounds. */
    public static Series empty(Facts scenario, String target) {
        return new Series(scenario, target, new LinkedHashMap<>());
    }

    /** Adds a round. */
    public void add(Measurement measurement) {
        measurement
                .figures()
                .forEach((name, value) ->
                        figures.computeIfAbsent(name, any -> new ArrayList<>()).add(value));
    }

    /** All rounds of a figure. */
    public List<Double> rounds(String figure) {
        return figures.getOrDefault(figure, List.of());
    }

    /** The median of a figure. */
    public OptionalDouble median(String figure) {
        return Statistics.median(rounds(figure));
    }

    /** How many operations failed in all rounds. */
    public long errors() {
        return (long) rounds(Measurement.ERRORS).stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** How many times as good as another target, the median of the ratios round by round; more than 1 is better. */
    public OptionalDouble factorTo(Series other) {
        List<Double> own = rounds(Measurement.VALUE);
        List<Double> others = other.rounds(Measurement.VALUE);
        return scenario.higherIsBetter() ? Statistics.pairedRatio(own, others) : Statistics.pairedRatio(others, own);
    }
}
