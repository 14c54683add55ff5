package dev.berth.registry.scan.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.metrics.Series;
import dev.berth.registry.scan.report.UnscannableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ScanMetricsTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(registry_scan_[a-z_]+)` \\| ([a-z]+) \\| ([^|]*) \\|");

    private final Metrics metrics = new Metrics();
    private final ScanMetrics counted = ScanMetrics.of(metrics);

    private void scanSome() {
        ScanWorld world = new ScanWorld();
        ScanWorld.Node node = world.node(builder -> builder.tries(1).listener(counted.listener()));
        node.push("team/app", "1");
        world.run();
        world.scanner.act = (repository, image) -> {
            throw RegistryException.of(ErrorCode.UNAVAILABLE, "Away");
        };
        node.push("team/app", "2");
        world.run();
        world.scanner.act = (repository, image) -> {
            throw new UnscannableException("Broken");
        };
        node.push("team/app", "3");
        world.run();
        node.push("team/app", "4");
        counted.show(node.scans.status());
    }

    @Test
    void itCountsWhatBecomesOfScans() {
        scanSome();
        assertThat(metrics.toText())
                .contains("registry_scan_requests_total{priority=\"push\"} 4")
                .contains("registry_scan_scans_total{outcome=\"scanned\"} 1")
                .contains("registry_scan_scans_total{outcome=\"failed\"} 1")
                .contains("registry_scan_scans_total{outcome=\"given_up\"} 1")
                .contains("registry_scan_scans_total{outcome=\"unscannable\"} 1")
                .contains("registry_scan_waiting{priority=\"push\"} 1")
                .contains("registry_scan_duration_seconds_count 1");
    }

    @Test
    void theDocumentListsEachMetric() throws Exception {
        scanSome();
        Map<String, String> documented = new TreeMap<>();
        for (MatchResult row : ROW.matcher(Files.readString(Path.of("../docs/trust.md")))
                .results()
                .toList()) {
            documented.put(row.group(1), row.group(2) + " " + row.group(3).replace("`", ""));
        }
        Map<String, String> shown = new TreeMap<>();
        for (Series series : metrics.series()) {
            shown.put(
                    series.name(),
                    series.type().name().toLowerCase(Locale.ROOT) + " "
                            + (series.labels().isEmpty()
                                    ? "–"
                                    : String.join(", ", series.labels().keySet())));
        }
        assertThat(documented).isEqualTo(shown);
    }
}
