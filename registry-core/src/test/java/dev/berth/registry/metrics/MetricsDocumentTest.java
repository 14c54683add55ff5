package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document lists every metric with its type and labels, and nothing else. */
class MetricsDocumentTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\| ([a-z]+) \\| ([^|]*) \\|");

    @Test
    void theDocumentListsEveryMetric() throws Exception {
        Map<String, String> documented = new TreeMap<>();
        String document = Files.readString(Path.of("docs/metrics.md"));
        for (MatchResult row : ROW.matcher(document).results().toList()) {
            documented.put(row.group(1), row.group(2) + " " + row.group(3).replace("`", ""));
        }
        Map<String, String> shown = new TreeMap<>();
        try (EveryMetric every = new EveryMetric()) {
            for (Series series : every.metrics.series()) {
                shown.put(
                        series.name(),
                        series.type().name().toLowerCase(Locale.ROOT) + " "
                                + (series.labels().isEmpty()
                                        ? "–"
                                        : String.join(", ", series.labels().keySet())));
            }
        }
        assertThat(documented).containsExactlyInAnyOrderEntriesOf(shown);
    }
}
