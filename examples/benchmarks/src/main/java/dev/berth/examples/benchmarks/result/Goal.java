package dev.berth.examples.benchmarks.result;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is to be reached, in a scenario, by Berth beside another target or by itself. */
record Goal(Kind kind, String scenario, String target, double bound) {
    private static final String BERTH = "berth";
    private static final String FEWEST = "berth, 200 entries";
    private static final String MOST = "berth, 100,000 entries";

    private enum Kind {
        /** At least so many times as good as the target. */
        FACTOR,
        /** At least so many times as good as the target, for 99 % of the operations. */
        P99_FACTOR,
        /** The target is at most so many times slower than the smallest one. */
        SLOWDOWN,
        /** The value of the target is at most this. */
        VALUE
    }

    /** All of them. */
    static final List<Goal> ALL = List.of(
            new Goal(Kind.FACTOR, "manifest-1", "nginx", 0.9),
            new Goal(Kind.FACTOR, "manifest-32", "nginx", 0.7),
            new Goal(Kind.FACTOR, "manifest-32", "olareg", 1.6),
            new Goal(Kind.FACTOR, "manifest-256", "olareg", 1.2),
            new Goal(Kind.P99_FACTOR, "manifest-256", "olareg", 1),
            new Goal(Kind.FACTOR, "blob-10k", "nginx", 0.6),
            new Goal(Kind.FACTOR, "tls-manifest-32", "nginx", 0.8),
            new Goal(Kind.FACTOR, "tls-blob-10k", "nginx", 0.8),
            new Goal(Kind.FACTOR, "tls-blob-100m-1", "nginx", 0.8),
            new Goal(Kind.FACTOR, "push-1", "docker-registry", 2),
            new Goal(Kind.FACTOR, "push-8", "docker-registry", 3),
            new Goal(Kind.FACTOR, "push-32", "docker-registry", 4),
            new Goal(Kind.FACTOR, "push-memory-1", "olareg", 0.8),
            new Goal(Kind.FACTOR, "push-memory-8", "olareg", 0.8),
            new Goal(Kind.FACTOR, "push-100m-1", "docker-registry", 1.5),
            new Goal(Kind.FACTOR, "push-100m-4", "docker-registry", 1.5),
            new Goal(Kind.SLOWDOWN, "tags", MOST, 1.5),
            new Goal(Kind.SLOWDOWN, "repositories", MOST, 1.5),
            new Goal(Kind.VALUE, "start", BERTH, 250),
            new Goal(Kind.VALUE, "memory-idle", BERTH, 80),
            new Goal(Kind.VALUE, "memory-after", BERTH, 300));

    /** A row of a table: what it demands, what came out; empty if that was not measured. */
    Optional<String> row(Results results) {
        Series measured = results.find(scenario, target).orElse(null);
        Series berth =
                results.find(scenario, kind == Kind.SLOWDOWN ? FEWEST : BERTH).orElse(measured);
        if (measured == null || berth == null) {
            return Optional.empty();
        }
        OptionalDouble reached = reached(berth, measured);
        if (reached.isEmpty()) {
            return Optional.empty();
        }
        double value = reached.getAsDouble();
        boolean atMost = kind == Kind.VALUE || kind == Kind.SLOWDOWN;
        return Optional.of("| %s | %s | %s | %s |"
                .formatted(
                        measured.scenario().title(),
                        demand(measured),
                        kind == Kind.VALUE
                                ? Numbers.withUnit(value, measured.scenario().unit())
                                : Numbers.factor(value),
                        (atMost ? value <= bound : value >= bound) ? "yes" : "no"));
    }

    private OptionalDouble reached(Series berth, Series measured) {
        return switch (kind) {
            case FACTOR, SLOWDOWN -> berth.factorTo(measured);
            case P99_FACTOR -> Statistics.pairedRatio(measured.rounds(Measurement.P99), berth.rounds(Measurement.P99));
            case VALUE -> measured.median(Measurement.VALUE);
        };
    }

    private String demand(Series measured) {
        return switch (kind) {
            case FACTOR -> "at least %s %s".formatted(Numbers.factor(bound), target);
            case P99_FACTOR -> "p99, at least %s %s".formatted(Numbers.factor(bound), target);
            case SLOWDOWN -> "with 100,000 entries at most %s slower".formatted(Numbers.factor(bound));
            case VALUE ->
                "%s, at most %s"
                        .formatted(
                                target,
                                Numbers.withUnit(bound, measured.scenario().unit()));
        };
    }
}
