package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMetricsTest {
    private final Metrics metrics = new Metrics();

    @BeforeEach
    void add() {
        ProcessMetrics.addTo(metrics);
        ProcessMetrics.addTo(metrics);
    }

    private double value(String name) {
        return metrics.series().stream()
                .filter(series -> series.toString().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void theProcessIsShown() {
        double now = System.currentTimeMillis() / 1000.0;
        assertThat(value("process_start_time_seconds")).isBetween(now - 86_400, now + 1);
        assertThat(value("process_cpu_seconds_total")).isPositive();
        assertThat(value("jvm_memory_used_bytes{area=\"heap\"}"))
                .isPositive()
                .isLessThanOrEqualTo(value("jvm_memory_max_bytes{area=\"heap\"}"));
        assertThat(value("jvm_threads_current")).isGreaterThanOrEqualTo(1);
        assertThat(metrics.toText())
                .contains("# TYPE jvm_gc_collection_seconds summary\n")
                .contains("jvm_runtime_info{runtime=");
    }

    @Test
    void whatLinuxTellsIsShown() {
        assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "This is not Linux");
        assertThat(value("process_open_fds")).isPositive().isLessThan(value("process_max_fds"));
        assertThat(value("process_resident_memory_bytes"))
                .isGreaterThan(10_000_000)
                .isLessThan(value("process_virtual_memory_bytes"));
    }

    @Test
    void whatASystemDoesNotTellIsNoNumber(@TempDir Path directory) throws Exception {
        ProcFiles files = new ProcFiles(directory);
        assertThat(files.available()).isFalse();
        assertThat(files.residentBytes()).isNaN();
        Files.writeString(directory.resolve("status"), "Name:\tjava\nVmRSS:\t   123 kB\nVmSize: x kB\n");
        assertThat(files.available()).isTrue();
        assertThat(files.residentBytes()).isEqualTo(123 * 1024);
        assertThat(files.virtualBytes()).isNaN();
    }
}
