package dev.berth.examples.benchmarks.scenario;

import dev.berth.examples.benchmarks.load.Load;
import dev.berth.examples.benchmarks.result.Facts;
import dev.berth.examples.benchmarks.result.Measurement;
import java.util.function.ToDoubleFunction;

/** A load as figures. */
final class Measured {
    private static final double MILLIS = 1e3;

    private Measured() {}

    static Measurement load(Facts facts, Load load, ToDoubleFunction<Load> value, double cpuSeconds) {
        return load(facts, load, value)
                .with(Measurement.CPU, cpuSeconds)
                .with(Measurement.CPU_PER_OPERATION, cpuSeconds * MILLIS / Math.max(1, load.operations()));
    }

    static Measurement load(Facts facts, Load load, ToDoubleFunction<Load> value) {
        Measurement measured =
                Measurement.of(facts, value.applyAsDouble(load)).with(Measurement.ERRORS, (double) load.errors());
        // Of what takes longer than the measurement nothing is completed.
        return load.operations() == 0
                ? measured
                : measured.with(Measurement.P50, load.p50Millis()).with(Measurement.P99, load.p99Millis());
    }
}
