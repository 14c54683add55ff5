package dev.berth.examples.benchmarks;

import dev.berth.examples.benchmarks.inside.Inside;
import dev.berth.examples.benchmarks.load.SampleImage;
import dev.berth.examples.benchmarks.load.Wrk;
import dev.berth.examples.benchmarks.result.Machine;
import dev.berth.examples.benchmarks.result.Results;
import dev.berth.examples.benchmarks.scenario.Plan;
import dev.berth.examples.benchmarks.scenario.Rounds;
import dev.berth.examples.benchmarks.scenario.Scenario;
import dev.berth.examples.benchmarks.scenario.Stage;
import dev.berth.examples.benchmarks.scenario.Stages;
import dev.berth.examples.benchmarks.scenario.Starting;
import dev.berth.examples.benchmarks.server.Program;
import dev.berth.examples.benchmarks.server.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures what is wanted. The results are written after each stage: what ends it early loses only the last one. */
final class Session {
    private static final String START = "start";
    private static final String INSIDE = "inside";

    private final Options options;
    private final Path file;
    private final Optional<Results> earlier;
    private final Results measured;

    /** Writes into this file; with {@code --add} beside what it has of other scenarios. */
    Session(Options options, Path file) throws IOException, InterruptedException {
        this.options = options;
        this.file = file;
        earlier = options.add() && Files.exists(file) ? Optional.of(Results.read(file)) : Optional.empty();
        Files.createDirectories(options.out());
        Files.createDirectories(options.disk());
        Files.createDirectories(options.memory());
        measured = Results.on(Machine.current(options.disk()));
    }

    /** Measures, and returns all results. */
    Results run() throws IOException, InterruptedException {
        Path wrk = Program.find("wrk").orElseThrow(() -> new IllegalArgumentException("wrk is not installed"));
        Peers peers = new Peers(options);
        Plan plan = new Plan(
                peers.all(), options.rounds(), options.time(), options.warmUp(), options.disk(), options.memory());
        SampleImage sample = new SampleImage(options.largeLayer());
        try (Workplace workplace = new Workplace()) {
            Path temporary = workplace.directory(Path.of(System.getProperty("java.io.tmpdir")));
            List<Stage> stages = new Stages(new Wrk(wrk, temporary), sample).all(options.entries());
            options.requireKnown(names(stages));
            Rounds rounds = new Rounds(workplace, plan, sample, measured);
            for (Stage stage : stages) {
                List<Scenario> wanted = wanted(stage);
                if (!wanted.isEmpty()) {
                    rounds.run(stage.with(wanted));
                    all().write(file);
                }
            }
            if (options.wants(START, START)) {
                new Starting(workplace, plan, measured).run(peers.starting());
                all().write(file);
            }
            if (options.wants(INSIDE, INSIDE)) {
                Inside inside = new Inside(workplace.directory(options.memory()), measured);
                inside.run(options.rounds(), !options.warmUp().isZero());
            }
        }
        return all();
    }

    private Results all() {
        return earlier.map(measured::after).orElse(measured);
    }

    private List<Scenario> wanted(Stage stage) {
        return stage.scenarios().stream()
                .filter(scenario -> options.wants(stage.name(), scenario.facts().id()))
                .toList();
    }

    private static List<String> names(List<Stage> stages) {
        List<String> names = new ArrayList<>();
        for (Stage stage : stages) {
            names.add(stage.name());
            stage.scenarios().forEach(scenario -> names.add(scenario.facts().id()));
        }
        names.addAll(List.of(START, INSIDE));
        return names;
    }
}
