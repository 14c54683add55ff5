package dev.berth.examples.benchmarks.scenario;

import dev.berth.examples.benchmarks.load.Entries;
import dev.berth.examples.benchmarks.load.SampleImage;
import dev.berth.examples.benchmarks.result.Facts;
import dev.berth.examples.benchmarks.result.Measurement;
import dev.berth.examples.benchmarks.result.Results;
import dev.berth.examples.benchmarks.server.Certificate;
import dev.berth.examples.benchmarks.server.Peer;
import dev.berth.examples.benchmarks.server.Server;
import dev.berth.examples.benchmarks.server.Setting;
import dev.berth.examples.benchmarks.server.Usage;
import dev.berth.examples.benchmarks.server.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Measures stages: scenario by scenario, in each the servers one right after the other, round by round. */
public final class Rounds {
    private final Workplace workplace;
    private final Plan plan;
    private final SampleImage sample;
    private final Results results;

    /** Adds what is measured to the results. */
    public Rounds(Workplace workplace, Plan plan, SampleImage sample, Results results) {
        this.workplace = workplace;
        this.plan = plan;
        this.sample = sample;
        this.results = results;
    }

    /** Measures a stage. */
    public void run(Stage stage) throws IOException, InterruptedException {
        System.out.println("\n" + stage.name());
        if (stage.afresh()) {
            for (int round = 0; round < plan.rounds(); round++) {
                run(stage, round, 1);
            }
        } else {
            run(stage, 0, plan.rounds());
        }
    }

    private void run(Stage stage, int first, int rounds) throws IOException, InterruptedException {
        Path directory = workplace.directory(plan.directory(stage.place()));
        List<Target> targets = new ArrayList<>();
        try {
            start(stage, directory, targets);
            if (stage.name().equals("disk")) {
                report("idle", targets);
            }
            fill(stage, targets);
            if (!plan.warmUp().isZero()) {
                for (Scenario scenario : stage.scenarios()) {
                    measure(scenario, targets, plan.warmUp(), -1);
                }
            }
            for (int round = first; round < first + rounds; round++) {
                for (Scenario scenario : stage.scenarios()) {
                    measure(scenario, targets, plan.time(), round);
                }
            }
            if (stage.name().equals("disk")) {
                report("after", targets);
            }
        } finally {
            targets.forEach(target -> workplace.stop(target.server()));
            workplace.remove(directory);
        }
    }

    private void start(Stage stage, Path directory, List<Target> targets) throws IOException, InterruptedException {
        Optional<Certificate> certificate = stage.tls() ? Optional.of(Certificate.create(directory)) : Optional.empty();
        List<Integer> entries = stage.entries().isEmpty() ? List.of(0) : stage.entries();
        for (Peer peer : plan.peers()) {
            // How a listing grows is Berth's own matter.
            if (stage.scenarios().stream().noneMatch(scenario -> scenario.suits(peer))
                    || (!stage.entries().isEmpty() && !peer.name().startsWith("berth"))) {
                continue;
            }
            for (int count : entries) {
                String name =
                        count == 0 ? peer.name() : String.format(Locale.ROOT, "%s, %,d entries", peer.name(), count);
                Path own = Files.createDirectories(directory.resolve(name.replaceAll("[^A-Za-z0-9]+", "-")));
                Setting setting = new Setting(own, certificate, stage.place());
                if (peer.suits(setting)) {
                    targets.add(new Target(name, peer, workplace.start(peer, setting), count));
                }
            }
        }
    }

    private void fill(Stage stage, List<Target> targets) throws IOException, InterruptedException {
        for (Target target : targets) {
            if (target.entries() > 0) {
                Entries.fill(target.server(), target.entries());
            } else if (stage.scenarios().stream().anyMatch(Scenario::pulls)) {
                if (target.peer().takesPushes()) {
                    sample.push(target.server());
                } else {
                    sample.write(target.server());
                }
            }
        }
    }

    /** The order changes from round to round: who is always second may find the caches of the processor warmer. */
    private void measure(Scenario scenario, List<Target> targets, Duration time, int round)
            throws IOException, InterruptedException {
        List<Target> order = new ArrayList<>(targets);
        if (round % 2 != 0) {
            Collections.reverse(order);
        }
        for (Target target : order) {
            if (!scenario.suits(target.peer())) {
                continue;
            }
            for (Measurement measurement : scenario.measure(target, time)) {
                if (round >= 0) {
                    results.add(target.name(), measurement);
                    print(target, measurement, round);
                }
            }
        }
    }

    private static void print(Target target, Measurement measurement, int round) {
        Facts facts = measurement.facts();
        double errors = measurement.figures().getOrDefault(Measurement.ERRORS, 0.0);
        System.out.printf(
                "  %d  %-16s %-28s %,12.1f %s%s%n",
                round + 1,
                facts.id(),
                target.name(),
                measurement.figures().get(Measurement.VALUE),
                facts.unit(),
                errors == 0 ? "" : "  ERRORS: " + (long) errors);
    }

    private void report(String when, List<Target> targets) throws InterruptedException {
        // What a start leaves to be done is done, and freed, by then.
        Thread.sleep(plan.warmUp().toMillis());
        for (Target target : targets) {
            Server server = target.server();
            Usage usage = server.usage();
            if (Double.isNaN(usage.residentMiB())) {
                continue;
            }
            add(target, "memory-" + when, "resident memory, " + when, usage.residentMiB());
            if (when.equals("after")) {
                add(target, "memory-peak", "peak of resident memory", usage.peakMiB());
            }
        }
    }

    private void add(Target target, String id, String title, double mebibytes) {
        results.add(target.name(), Measurement.of(new Facts(id, "process", title, "MiB", false), mebibytes));
    }
}
