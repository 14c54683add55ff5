package dev.berth.examples.standalone.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.cli.Text;
import dev.berth.registry.Digest;
import dev.berth.registry.Platform;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.scan.accepted.Acceptances;
import dev.berth.registry.scan.accepted.JudgedReport;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Severity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a report looks in a terminal. */
class FindingReportTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Digest IMAGE = Digest.parse("sha256:" + "a".repeat(64));

    private final List<Finding> findings = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();

    private void finding(String id, String name, String version, String fixed, Severity severity, String summary) {
        findings.add(new Finding(
                id,
                List.of(),
                name,
                version,
                Optional.of("pkg:maven/group/" + name),
                Optional.of("srv/" + "deep/".repeat(30) + name + ".jar"),
                Optional.empty(),
                Optional.of(fixed).filter(text -> !text.isEmpty()),
                severity,
                Optional.empty(),
                summary,
                List.of()));
    }

    private List<String> print(Look look, Optional<Instant> newest) {
        ScanReport report = new ScanReport(IMAGE, "test", NOW, newest, findings, gaps);
        JudgedReport judged = Acceptances.none().judge(report, RepositoryName.parse("app"), Set.of(), NOW);
        ScannedImage image = new ScannedImage(
                "app.tar",
                IMAGE,
                Optional.of(Platform.of("linux", "amd64")),
                List.of(),
                new ImageInventory(Optional.empty(), List.of(), List.of()),
                Optional.of(judged));
        StringWriter text = new StringWriter();
        new FindingReport(look, new PrintWriter(text)).print(image, judged, finding -> true);
        return text.toString().lines().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 132})
    void linesOfFindingsFitIntoTheTerminal(int columns) {
        finding("CVE-2026-0001", "core", "1.0", "1.1", Severity.HIGH, "Very long ".repeat(50));
        finding("CVE-2026-0002", "wide", "1.0", "1.1", Severity.LOW, "漏洞 ".repeat(100));
        finding("CVE-" + "9".repeat(3000), "n".repeat(3000), "v".repeat(3000), "f".repeat(3000), Severity.LOW, "");

        List<String> lines = print(new Look(columns, false), Optional.of(NOW)).stream()
                .filter(line -> line.startsWith("  "))
                .toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.subList(0, 2))
                .allSatisfy(line -> assertThat(Text.columns(line)).isLessThanOrEqualTo(Math.max(columns, 82)));
    }

    @Test
    void theEndOfAPathIsShown() {
        finding("CVE-2026-0001", "core", "1.0", "1.1", Severity.HIGH, "");

        assertThat(print(new Look(80, false), Optional.of(NOW)))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("core 1.0  in …")
                        .endsWith("/core.jar")
                        .hasSize(80));
    }

    @Test
    void coloursAreForTerminalsOnly() {
        finding("CVE-2026-0001", "core", "1.0", "1.1", Severity.CRITICAL, "Bad");

        assertThat(String.join("\n", print(new Look(80, true), Optional.of(NOW))))
                .contains("\u001b[1;31mcritical\u001b[0m  CVE-2026-0001", "\u001b[1mapp.tar\u001b[0m");
        assertThat(String.join("\n", print(Look.PLAIN, Optional.of(NOW)))).doesNotContain("\u001b");
    }

    @Test
    void theAgeOfTheAdvisoriesIsSaid() {
        assertThat(print(Look.PLAIN, Optional.of(Instant.parse("2026-11-20T12:00:00Z"))))
                .last()
                .isEqualTo("The newest advisory that was looked at is of 2026-11-20, 8 days ago.");
        assertThat(print(Look.PLAIN, Optional.of(NOW))).last().asString().endsWith("2026-11-28, today.");
        assertThat(print(Look.PLAIN, Optional.empty())).last().isEqualTo("How old the advisories are is not known.");
    }

    @Test
    void whatWasNotReadIsSaid() {
        for (int i = 0; i < 15; i++) {
            gaps.add("Layer " + i + " is damaged");
        }

        assertThat(print(Look.PLAIN, Optional.of(NOW)))
                .contains(
                        "Something may be missing:", "  Layer 0 is damaged", "  and 5 more; --output json has them all")
                .doesNotContain("  Layer 10 is damaged");
    }
}
