package dev.berth.examples.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportTest {
    private static final Facts READ = new Facts("manifest-32", "reads", "GET <manifest> & tag", "requests/s", true);
    private static final Facts START = new Facts("start", "process", "start", "ms", false);

    @TempDir
    Path directory;

    private final Results results =
            Results.on(new Machine("a processor", 2, 1024, "Linux", "17", "ext4", Map.of("nginx", "1.26")));

    @Test
    void aTableHasMediansAndRatiosRoundByRound() {
        read("berth", 39_000, 1.5);
        read("berth", 40_000, 1.5);
        read("berth", 12_000, 1.5);
        read("nginx", 78_000, 1);
        read("nginx", 81_000, 1);
        read("nginx", 24_000, 1);

        assertThat(report())
                .contains("| GET <manifest> & tag | 39,000/s, p99 1.50 ms | 78,000/s, p99 1.00 ms (0.50 ×) |");
    }

    @Test
    void lessIsBetterForTimes() {
        results.add("berth", Measurement.of(START, 200));
        results.add("other", Measurement.of(START, 100));

        assertThat(report()).contains("| start | 200 ms | 100 ms (0.50 ×) |");
    }

    @Test
    void aGoalSaysHowFarItGot() {
        read("berth", 30_000, 1);
        read("nginx", 60_000, 1);

        assertThat(report()).contains("| GET <manifest> & tag | at least 0.70 × nginx | 0.50 × | no |");
    }

    @Test
    void aListingMayBeSlowerWithMoreEntriesUpToAPoint() {
        Facts tags = new Facts("tags", "listing", "page of tags", "requests/s", true);
        results.add("berth, 200 entries", Measurement.of(tags, 120));
        results.add("berth, 100,000 entries", Measurement.of(tags, 100));

        assertThat(report()).contains("| page of tags | with 100,000 entries at most 1.50 × slower | 1.20 × | yes |");
    }

    @Test
    void failedRequestsAreNamed() {
        results.add("berth", Measurement.of(READ, 5).with(Measurement.ERRORS, 3));

        assertThat(report()).contains("3 errors");
    }

    @Test
    void aTargetThatCannotDoItHasADash() {
        read("berth", 5, 1);
        Facts other = new Facts("blob-10k", "reads", "GET blob", "requests/s", true);
        results.add("berth", Measurement.of(other, 7));
        results.add("nginx", Measurement.of(other, 7));

        assertThat(report()).contains("| GET <manifest> & tag | 5.00/s, p99 1.00 ms | – |");
    }

    @Test
    void aPlotIsWellFormedAndItsLongestBarIsTheHighestValue() throws Exception {
        read("berth", 30_000, 1);
        read("nginx", 60_000, 1);

        String svg = Plot.of("Pulls", results, List.of(READ), List.of("berth", "nginx"));

        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(svg)
                .contains("GET &lt;manifest> &amp; tag", "30,000/s", "60,000/s")
                .contains("class=\"berth\" x=\"190\" y=\"56\" width=\"210.0\"")
                .contains("class=\"other\" x=\"190\" y=\"75\" width=\"420.0\"")
                .contains("prefers-color-scheme: dark");
    }

    @Test
    void resultsAreReadAsTheyWereWritten() throws IOException {
        read("berth", 30_000, 1);
        Path file = directory.resolve("results.json");

        results.write(file);

        assertThat(Results.read(file)).isEqualTo(results);
    }

    @Test
    void aScenarioThatIsMeasuredAgainReplacesTheEarlierOne() {
        read("berth", 1, 1);
        results.add("berth", Measurement.of(START, 1));
        Results later = Results.on(results.machine());
        later.add("berth", Measurement.of(READ, 2));

        Results both = later.after(results);

        assertThat(both.series()).hasSize(2);
        assertThat(both.find("manifest-32", "berth").orElseThrow().rounds(Measurement.VALUE))
                .containsExactly(2.0);
        assertThat(both.find("start", "berth")).isPresent();
    }

    @Test
    void tablesGoBetweenTheMarksOfADocument() throws IOException {
        read("berth", 30_000, 1);
        Path document = Files.writeString(
                directory.resolve("performance.md"),
                "before\n<!-- figures: written by examples/benchmarks -->\nold\n<!-- end of figures -->\nafter\n");

        new Publication(results).writeInto(document);

        assertThat(document)
                .content()
                .startsWith("before\n")
                .endsWith("<!-- end of figures -->\nafter\n")
                .contains("30,000/s", "![Pulls](performance-reads.svg)")
                .doesNotContain("old");
        assertThat(directory.resolve("performance-reads.svg")).exists();
    }

    @Test
    void aDocumentWithoutMarksIsLeftAlone() throws IOException {
        Path document = Files.writeString(directory.resolve("performance.md"), "text");

        assertThatThrownBy(() -> new Publication(results).writeInto(document)).isInstanceOf(IOException.class);
        assertThat(document).content().isEqualTo("text");
    }

    private void read(String target, double value, double p99) {
        results.add(target, Measurement.of(READ, value).with(Measurement.P99, p99));
    }

    private String report() {
        return new Report(results).markdown(List.of());
    }
}
