package dev.berth.examples.benchmarks;

import dev.berth.examples.benchmarks.inside.Inside;
import dev.berth.examples.benchmarks.load.SampleImage;
import dev.berth.examples.benchmarks.load.Wrk;
import dev.berth.examples.benchmarks.result.Machine;
import dev.berth.examples.benchmarks.result.Publication;
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

/** Measures Berth beside docker-registry, nginx with static files, and any other registry. */
public final class Benchmarks {
    private static final int USAGE_ERROR = 2;
    private static final String START = "start";
    private static final String INSIDE = "inside";

    private Benchmarks() {}

    /** Runs what the command line says. The status is 1 if any request failed, 2 for a wrong command line. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        try {
            System.exit(run(Options.parse(arguments)));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + Options.USAGE);
            System.exit(USAGE_ERROR);
        }
    }

    private static int run(Options options) throws IOException, InterruptedException {
        Path earlier = options.out().resolve("results.json");
        Results results;
        if (options.render()) {
            results = Results.read(earlier);
        } else {
            results = measure(options);
            if (options.add() && Files.exists(earlier)) {
                results = results.after(Results.read(earlier));
            }
        }
        publish(results, options);
        if (results.series().stream().anyMatch(series -> series.errors() > 0)) {
            System.err.println("Some requests failed");
            return 1;
        }
        return 0;
    }

    private static void publish(Results results, Options options) throws IOException {
        Publication publication = new Publication(results);
        publication.writeTo(options.out());
        if (options.docs().isPresent()) {
            publication.writeInto(options.docs().get().resolve("performance.md"));
        }
        System.out.println("\n" + Files.readString(options.out().resolve("report.md")));
        System.out.println("Written to " + options.out().toAbsolutePath());
    }

    private static Results measure(Options options) throws IOException, InterruptedException {
        Path program = Program.find("wrk").orElseThrow(() -> new IllegalArgumentException("wrk is not installed"));
        Files.createDirectories(options.disk());
        Files.createDirectories(options.memory());
        Results results = Results.on(Machine.current(options.disk()));
        Peers peers = new Peers(options);
        Plan plan = new Plan(
                peers.all(), options.rounds(), options.time(), options.warmUp(), options.disk(), options.memory());
        SampleImage sample = new SampleImage(options.largeLayer());
        try (Workplace workplace = new Workplace()) {
            Wrk wrk = new Wrk(program, workplace.directory(Path.of(System.getProperty("java.io.tmpdir"))));
            List<Stage> stages = new Stages(wrk, sample).all(options.entries());
            options.requireKnown(names(stages));
            Rounds rounds = new Rounds(workplace, plan, sample, results);
            for (Stage stage : stages) {
                List<Scenario> wanted = stage.scenarios().stream()
                        .filter(scenario ->
                                options.wants(stage.name(), scenario.facts().id()))
                        .toList();
                if (!wanted.isEmpty()) {
                    rounds.run(stage.with(wanted));
                }
            }
            if (options.wants(START, START)) {
                new Starting(workplace, plan, results).run(peers.starting());
            }
            if (options.wants(INSIDE, INSIDE)) {
                new Inside(workplace.directory(options.memory()), results)
                        .run(options.rounds(), !options.warmUp().isZero());
            }
        }
        return results;
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
