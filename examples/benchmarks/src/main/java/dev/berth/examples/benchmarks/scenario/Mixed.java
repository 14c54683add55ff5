package dev.berth.examples.benchmarks.scenario;

import dev.berth.examples.benchmarks.load.Load;
import dev.berth.examples.benchmarks.load.PushLoad;
import dev.berth.examples.benchmarks.load.Wrk;
import dev.berth.examples.benchmarks.result.Facts;
import dev.berth.examples.benchmarks.result.Measurement;
import dev.berth.examples.benchmarks.server.Peer;
import dev.berth.examples.benchmarks.server.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Pulls of a manifest while images are pushed: how many of either. */
final class Mixed implements Scenario {
    private static final int READERS = 32;
    private static final int WRITERS = 4;

    private final Facts pulls;
    private final Facts pushes;
    private final Wrk wrk;
    private final String path;

    Mixed(Facts pulls, Facts pushes, Wrk wrk, String path) {
        this.pulls = pulls;
        this.pushes = pushes;
        this.wrk = wrk;
        this.path = path;
    }

    @Override
    public Facts facts() {
        return pulls;
    }

    @Override
    public boolean suits(Peer peer) {
        return peer.takesPushes() && peer.durable();
    }

    @Override
    public boolean pulls() {
        return true;
    }

    @Override
    public List<Measurement> measure(Target target, Duration time) throws IOException, InterruptedException {
        Program.run("sync");
        CompletableFuture<Load> pushing = CompletableFuture.supplyAsync(() -> {
            try {
                return PushLoad.images(target.server().uri(), WRITERS, time);
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        Load pulled = wrk.get(target.server().uri(), path, READERS, time);
        return List.of(Measured.load(pulls, pulled, Load::rate), Measured.load(pushes, pushing.join(), Load::rate));
    }
}
