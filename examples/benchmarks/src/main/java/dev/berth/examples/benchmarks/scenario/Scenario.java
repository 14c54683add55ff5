package dev.berth.examples.benchmarks.scenario;

import dev.berth.examples.benchmarks.result.Facts;
import dev.berth.examples.benchmarks.result.Measurement;
import dev.berth.examples.benchmarks.server.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Something to measure. */
public interface Scenario {
    /** What it is. */
    Facts facts();

    /** Whether a program can take part. */
    boolean suits(Peer peer);

    /** Whether it pulls the sample image. */
    default boolean pulls() {
        return false;
    }

    /** Measures it once, for about this time. */
    List<Measurement> measure(Target target, Duration time) throws IOException, InterruptedException;
}
