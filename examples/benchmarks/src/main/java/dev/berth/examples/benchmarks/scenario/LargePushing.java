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

/** Clients that push large blobs at the same time: a number of blobs, whatever time that takes. */
final class LargePushing implements Scenario {
    private final Facts facts;
    private final int clients;
    private final int size;
    private final int count;

    LargePushing(Facts facts, int clients, int size, int count) {
        this.facts = facts;
        this.clients = clients;
        this.size = size;
        this.count = count;
    }

    @Override
    public Facts facts() {
        return facts;
    }

    @Override
    public boolean suits(Peer peer) {
        return peer.takesPushes() && peer.durable();
    }

    @Override
    public List<Measurement> measure(Target target, Duration time) throws IOException, InterruptedException {
        Program.run("sync");
        double cpu = target.server().usage().cpuSeconds();
        Load load = PushLoad.blobs(target.server().uri(), clients, size, count);
        return List.of(Measured.load(
                facts, load, Load::megabytes, target.server().usage().cpuSeconds() - cpu));
    }
}
