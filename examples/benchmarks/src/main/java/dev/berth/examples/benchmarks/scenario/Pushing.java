package dev.berth.examples.benchmarks.scenario;

import dev.berth.examples.benchmarks.load.Load;
import dev.berth.examples.benchmarks.load.PushLoad;
import dev.berth.examples.benchmarks.result.Facts;
import dev.berth.examples.benchmarks.result.Measurement;
import dev.berth.examples.benchmarks.server.Peer;
import dev.berth.examples.benchmarks.server.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Clients that push small images at the same time. Where that is to be durable, only who is durable takes part, and
 * what the one before has left to be written is written first.
 */
final class Pushing implements Scenario {
    private final Facts facts;
    private final int clients;
    private final boolean durable;

    Pushing(Facts facts, int clients, boolean durable) {
        this.facts = facts;
        this.clients = clients;
        this.durable = durable;
    }

    @Override
    public Facts facts() {
        return facts;
    }

    @Override
    public boolean suits(Peer peer) {
        return peer.takesPushes() && (peer.durable() || !durable);
    }

    @Override
    public List<Measurement> measure(Target target, Duration time) throws IOException, InterruptedException {
        if (durable) {
            Program.run("sync");
        }
        double cpu = target.server().usage().cpuSeconds();
        Load load = PushLoad.images(target.server().uri(), clients, time);
        return List.of(
                Measured.load(facts, load, Load::rate, target.server().usage().cpuSeconds() - cpu));
    }
}
