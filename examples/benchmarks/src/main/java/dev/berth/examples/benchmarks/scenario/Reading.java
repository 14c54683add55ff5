package dev.berth.examples.benchmarks.scenario;

import dev.berth.examples.benchmarks.load.Load;
import dev.berth.examples.benchmarks.load.Wrk;
import dev.berth.examples.benchmarks.result.Facts;
import dev.berth.examples.benchmarks.result.Measurement;
import dev.berth.examples.benchmarks.server.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The same GET over and over again, by wrk. */
final class Reading implements Scenario {
    private final Facts facts;
    private final Wrk wrk;
    private final int connections;
    private final Function<Target, String> path;
    private final ToDoubleFunction<Load> value;

    Reading(Facts facts, Wrk wrk, int connections, Function<Target, String> path, ToDoubleFunction<Load> value) {
        this.facts = facts;
        this.wrk = wrk;
        this.connections = connections;
        this.path = path;
        this.value = value;
    }

    @Override
    public Facts facts() {
        return facts;
    }

    @Override
    public boolean suits(Peer peer) {
        return true;
    }

    @Override
    public boolean pulls() {
        return true;
    }

    @Override
    public List<Measurement> measure(Target target, Duration time) throws IOException, InterruptedException {
        double cpu = target.server().usage().cpuSeconds();
        Load load = wrk.get(target.server().uri(), path.apply(target), connections, time);
        return List.of(Measured.load(facts, load, value, target.server().usage().cpuSeconds() - cpu));
    }
}
