package dev.berth.examples.benchmarks;

import dev.berth.examples.benchmarks.result.Publication;
import dev.berth.examples.benchmarks.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures Berth beside docker-registry, nginx with static files, and any other registry. */
public final class Benchmarks {
    private static final int USAGE_ERROR = 2;

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
        Path file = options.out().resolve("results.json");
        Results results = options.render() ? Results.read(file) : new Session(options, file).run();
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
}
