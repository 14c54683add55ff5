package dev.berth.examples.benchmarks.scenario;

import dev.berth.examples.benchmarks.result.Facts;
import dev.berth.examples.benchmarks.result.Measurement;
import dev.berth.examples.benchmarks.result.Results;
import dev.berth.examples.benchmarks.server.Peer;
import dev.berth.examples.benchmarks.server.Server;
import dev.berth.examples.benchmarks.server.Setting;
import dev.berth.examples.benchmarks.server.Setting.Place;
import dev.berth.examples.benchmarks.server.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** From the start of a process to its first answer. */
public final class Starting {
    private static final Facts FACTS = new Facts("start", "process", "start to the first answer", "ms", false);
    private static final double NANOS_IN_MILLI = 1e6;

    private final Workplace workplace;
    private final Plan plan;
    private final Results results;

    /** Adds what is measured to the results. */
    public Starting(Workplace workplace, Plan plan, Results results) {
        this.workplace = workplace;
        this.plan = plan;
        this.results = results;
    }

    /** What it is. */
    public static Facts facts() {
        return FACTS;
    }

    /** Starts each of these in each round; once before, which does not count. */
    public void run(List<Peer> peers) throws IOException, InterruptedException {
        System.out.println("\nstart");
        for (int round = plan.warmUp().isZero() ? 0 : -1; round < plan.rounds(); round++) {
            for (Peer peer : peers) {
                start(peer, round);
            }
        }
    }

    private void start(Peer peer, int round) throws IOException, InterruptedException {
        Path directory = workplace.directory(plan.memory());
        Path own = Files.createDirectory(directory.resolve("data"));
        try {
            Server server = workplace.start(peer, new Setting(own, Optional.empty(), Place.MEMORY));
            workplace.stop(server);
            double millis = server.start().toNanos() / NANOS_IN_MILLI;
            if (round >= 0 && millis > 0) {
                results.add(peer.name(), Measurement.of(FACTS, millis));
                System.out.printf("  %d  start            %-28s %,12.1f ms%n", round + 1, peer.name(), millis);
            }
        } finally {
            workplace.remove(directory);
        }
    }
}
