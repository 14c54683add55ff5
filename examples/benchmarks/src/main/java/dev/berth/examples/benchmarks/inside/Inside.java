package dev.berth.examples.benchmarks.inside;

import dev.berth.examples.benchmarks.result.Facts;
import dev.berth.examples.benchmarks.result.Measurement;
import dev.berth.examples.benchmarks.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs what JMH measures, each in a JVM of its own. */
public final class Inside {
    private final Path directory;
    private final Results results;

    /** Adds what is measured to the results. Files are below an empty directory. */
    public Inside(Path directory, Results results) {
        this.directory = directory;
        this.results = results;
    }

    /** Measures all of it, each so often. */
    public void run(int rounds, boolean warmUp) throws IOException {
        System.out.println("\ninside");
        TimeValue second = TimeValue.milliseconds(Duration.ofSeconds(1).toMillis());
        Options options = new OptionsBuilder()
                .include(Inside.class.getPackageName() + "\\..*")
                .forks(1)
                .jvmArgsAppend("-D" + Directories.PROPERTY + "=" + directory)
                .warmupIterations(warmUp ? 2 : 0)
                .warmupTime(second)
                .measurementIterations(rounds)
                .measurementTime(second)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        try {
            new Runner(options).run().forEach(this::add);
        } catch (RunnerException e) {
            throw new IOException(e);
        }
    }

    private void add(RunResult run) {
        BenchmarkParams parameters = run.getParams();
        String name = parameters.getBenchmark();
        String method = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1)
                .replace("Benchmark.", ".");
        String store = parameters.getParamsKeys().contains("store") ? parameters.getParam("store") : "";
        String title = "`" + method + "`" + (store.isEmpty() ? "" : ", " + store);
        Facts facts = new Facts("inside-" + method + "-" + store, "inside", title, "µs", false);
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                results.add(
                        "berth",
                        Measurement.of(facts, iteration.getPrimaryResult().getScore()));
            }
        }
        System.out.printf(
                "     %-40s %,12.3f µs%n", title, run.getPrimaryResult().getScore());
    }
}
