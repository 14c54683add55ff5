package dev.berth.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.benchmarks.result.Results;
import dev.berth.examples.benchmarks.result.Series;
import dev.berth.registry.fixtures.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is started by hand, with one short round. */
class BenchmarksIT {
    @TempDir
    Path directory;

    @Test
    void aQuickRunMeasuresWithoutErrorsAndLeavesNothingButItsResults() throws Exception {
        Programs.require("wrk");

        String printed = new Programs(directory)
                .run(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("berth.benchmarks"),
                        "--quick",
                        "--disk",
                        directory.resolve("disk").toString(),
                        "--memory",
                        directory.resolve("memory").toString(),
                        "--out",
                        directory.resolve("out").toString());

        Results results = Results.read(directory.resolve("out").resolve("results.json"));
        assertThat(results.series())
                .extracting(series -> series.scenario().id())
                .contains("manifest-32", "push-memory-1", "start", "memory-idle", "memory-after", "memory-peak");
        assertThat(results.series()).allMatch(series -> series.errors() == 0);
        assertThat(results.find("manifest-32", "berth").map(Series::figures))
                .hasValueSatisfying(figures -> assertThat(figures).containsKeys("value", "p50", "p99", "cpuSeconds"));
        assertThat(printed).contains("GET manifest by tag, 32 connections");
        assertThat(directory.resolve("out").resolve("performance-reads.svg")).exists();
        assertThat(left("disk")).isEmpty();
        assertThat(left("memory")).isEmpty();
    }

    private Stream<Path> left(String name) throws Exception {
        return Files.list(directory.resolve(name));
    }
}
