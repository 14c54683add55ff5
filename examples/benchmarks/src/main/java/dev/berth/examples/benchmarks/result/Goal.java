package dev.berth.examples.benchmarks.result;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is to be reached.
 *
 * @param target the program that Berth is compared with; Berth itself where the value is what counts
 * @param factor how many times as good as that; where the value counts, the highest value
 */
record Goal(String scenario, String target, String figure, double factor) {
    private static final String BERTH = "berth";

    /** All of them. */
    static final List<Goal> ALL = List.of(
            times("manifest-1", "nginx", 0.9),
            times("manifest-32", "nginx", 0.7),
            times("manifest-32", "olareg", 1.6),
            times("manifest-256", "olareg", 1.2),
            new Goal("manifest-256", "olareg", Measurement.P99, 1),
            times("blob-10k", "nginx", 0.6),
            times("tls-manifest-32", "nginx", 0.8),
            times("tls-blob-10k", "nginx", 0.8),
            times("tls-blob-100m-1", "nginx", 0.8),
            times("push-1", "docker-registry", 2),
            times("push-8", "docker-registry", 3),
            times("push-32", "docker-registry", 4),
            times("push-memory-1", "olareg", 0.8),
            times("push-memory-8", "olareg", 0.8),
            times("push-100m-1", "docker-registry", 1.5),
            times("push-100m-4", "docker-registry", 1.5),
            most("start", "berth (bin/berth)", 250),
            most("memory-idle", BERTH, 80),
            most("memory-after", BERTH, 300));

    private static Goal times(String scenario, String target, double factor) {
        return new Goal(scenario, target, Measurement.VALUE, factor);
    }

    private static Goal most(String scenario, String target, double value) {
        return new Goal(scenario, target, "", value);
    }

    /** What it demands, and what came out; empty if that was not measured. */
    Optional<String> row(Results results) {
        Series measured = results.find(scenario, target).orElse(null);
        Series berth = results.find(scenario, BERTH).orElse(null);
        if (measured == null || berth == null) {
            return Optional.empty();
        }
        if (figure.isEmpty()) {
            double value = measured.median(Measurement.VALUE).orElseThrow();
            String unit = berth.scenario().unit();
            return Optional.of(row(
                    berth, "at most " + Numbers.withUnit(factor, unit), Numbers.withUnit(value, unit), value <= factor));
        }
        OptionalDouble reached = figure.equals(Measurement.VALUE)
                ? berth.factorTo(measured)
                : Statistics.pairedRatio(measured.rounds(figure), berth.rounds(figure));
        if (reached.isEmpty()) {
            return Optional.empty();
        }
        String what = figure.equals(Measurement.VALUE) ? "" : figure + ", ";
        return Optional.of(row(
                berth,
                what + Numbers.factor(factor) + " " + target,
                Numbers.factor(reached.getAsDouble()),
                reached.getAsDouble() >= factor));
    }

    private static String row(Series berth, String demand, String reached, boolean met) {
        return "| %s | %s | %s | %s |"
                .formatted(berth.scenario().title(), demand, reached, met ? "yes" : "no");
    }
}
