package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own judge finds nothing wrong with the format, nor with any name. */
class PromtoolTest {
    @TempDir
    Path directory;

    @Test
    void promtoolIsSilent() throws Exception {
        Programs.require("promtool", "sh");
        try (EveryMetric every = new EveryMetric()) {
            Files.writeString(directory.resolve("metrics.txt"), every.metrics.toText());
            assertThat(new Programs(directory).run("sh", "-c", "promtool check metrics < metrics.txt"))
                    .isEmpty();
        }
    }

    @Test
    void promtoolReadsWhatIsEscaped() throws Exception {
        Programs.require("promtool", "sh");
        Metrics metrics = new Metrics();
        metrics.gauges("a", "One \\ two\nthree \"four\".", "x")
                .with("one \\ two\nthree \"four\" {5} \u00e4\ud83d\ude00\ud83d,\t\r")
                .set(Double.NaN);
        metrics.gauge("c", "Infinite.").set(Double.POSITIVE_INFINITY);
        metrics.histogram("d_bytes", "Sizes.", Buckets.bodyBytes()).observe(Long.MAX_VALUE);
        Files.writeString(directory.resolve("metrics.txt"), metrics.toText());
        assertThat(new Programs(directory).run("sh", "-c", "promtool check metrics < metrics.txt"))
                .isEmpty();
    }
}
