package dev.berth.registry.console.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;
import dev.berth.registry.console.FindingWorld;
import dev.berth.registry.console.HostileTexts;
import dev.berth.registry.scan.accepted.Acceptance;
import dev.berth.registry.scan.accepted.Acceptances;
import dev.berth.registry.scan.accepted.Status;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Scanner;
import dev.berth.registry.scan.report.Severity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@DisplayName("Whatever advisories, packages, signatures and SBOMs say is shown as text")
class HostileFindingsTest {
    private static final Pattern LINK = Pattern.compile("href=\"(/[^\"]*)\"");

    @TempDir
    private Path directory;

    /** Each text is in all that a scanner can say. */
    private record HostileScanner(List<String> texts) implements Scanner {
        @Override
        public String name() {
            return texts.get(0);
        }

        @Override
        public ScanReport scan(Repository repository, Manifest image) {
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                String text = texts.get(i);
                findings.add(new Finding(
                        i % 2 == 0 ? "CVE-2026-" + i : text,
                        List.of(text, "GHSA-" + i),
                        text,
                        text,
                        Optional.of(text),
                        Optional.of(text),
                        Optional.empty(),
                        Optional.of(text),
                        Severity.values()[i % Severity.values().length],
                        Optional.of(text),
                        text,
                        List.of(text, "https://advisories.example/?" + i)));
            }
            return new ScanReport(
                    image.digest(), texts.get(1), Instant.now(), Optional.of(Instant.now()), findings, texts);
        }
    }

    @Test
    void whatAnotherScannerSaysIsText() throws Exception {
        List<String> texts = HostileTexts.all().stream()
                .filter(text -> !text.contains("\ud800"))
                .toList();
        try (FindingWorld world = FindingWorld.in(directory, new HostileScanner(texts))) {
            world.scanning();
            Manifest image = world.push("team/app", "1.0", FindingWorld.npm());
            world.awaitJudged(image.digest());
            List<Acceptance> accepted = new ArrayList<>();
            for (int i = 0; i < texts.size(); i += 4) {
                accepted.add(Acceptance.of("GHSA-" + i, Status.ACCEPTED, texts.get(i)).withAuthor(texts.get(i)));
            }
            world.accept(Acceptances.of(accepted));
            for (int page = 1; page <= 4; page++) {
                String path = "/image/team/app?tag=1.0&page=" + page;
                assertThat(world.page(path)).contains("All 1", "accepted findings", "parts of it could not be read");
                requireOnlyOurMarkup(path, world.page(path));
            }
            for (int i = 0; i < texts.size(); i++) {
                requireOnlyOurMarkup(texts.get(i), world.page("/cve/GHSA-" + i));
            }
            requireOnlyOurMarkup("tags", world.page("/repository/team/app"));
        }
    }

    /** Every hostile text is in the name of a package, its version, and in all that an advisory says of it. */
    @Test
    void whatAdvisoriesAndPackagesSayIsText() throws Exception {
        // A document cannot hold half a pair, and the index of advisories no control characters in names.
        List<String> texts = HostileTexts.all().stream()
                .filter(text -> !text.contains("\ud800"))
                .toList();
        try (FindingWorld world = FindingWorld.in(directory)) {
            List<String> packages = new ArrayList<>();
            List<Acceptance> accepted = new ArrayList<>();
            for (int i = 0; i < texts.size(); i++) {
                String text = texts.get(i);
                packages.addAll(List.of("p" + i + text, "1.0.0"));
                world.advise("A-" + i + text, "p" + i + text, "2.0.0-" + text, FindingWorld.HIGH, text, text, "CVE-2026-" + i);
                if (i % 2 == 0) {
                    accepted.add(Acceptance.of("CVE-2026-" + i, Status.ACCEPTED, text).withAuthor(text));
                }
            }
            world.scanning();
            Manifest image = world.push("team/app", "1.0", FindingWorld.npm(packages.toArray(String[]::new)));
            world.awaitJudged(image.digest());
            world.accept(Acceptances.of(accepted));
            for (String type : List.of("application/spdx+json", "application/vnd.cyclonedx+json")) {
                world.attach(
                        "team/app",
                        image,
                        type,
                        ("{\"bomFormat\":\"<script>alert(1)</script>\"}").getBytes(StandardCharsets.UTF_8));
            }

            List<String> pages = new ArrayList<>(List.of(
                    "/repository/team/app",
                    "/packages/team/app?digest=" + image.digest(),
                    "/packages/team/app?page=2&digest=" + image.digest(),
                    "/packages/team/app?page=3&digest=" + image.digest()));
            for (int page = 1; page <= 5; page++) {
                pages.add("/image/team/app?tag=1.0&page=" + page);
            }
            int shown = 0;
            for (String path : pages) {
                String page = world.page(path);
                requireOnlyOurMarkup(path, page);
                shown += page.contains("alert(1)") ? 1 : 0;
                Matcher links = LINK.matcher(page);
                int followed = 0;
                while (links.find() && followed < 30) {
                    String link = links.group(1).replace("&amp;", "&");
                    if (link.startsWith("/cve/") || link.startsWith("/packages/?")) {
                        requireOnlyOurMarkup(link, world.page(link));
                        followed++;
                    }
                }
            }
            assertThat(shown).as("pages with the texts").isGreaterThan(2);
            for (String text : texts) {
                String query = URLEncoder.encode(text, StandardCharsets.UTF_8);
                requireOnlyOurMarkup(text, world.get("/packages/?name=" + query + "&version=" + query).body());
                requireOnlyOurMarkup(
                        text,
                        world.get("/packages/team/app?digest=" + image.digest() + "&q=" + query)
                                .body());
                requireOnlyOurMarkup(text, world.get("/cve/?id=" + query).body());
            }
            for (int i = 0; i < texts.size(); i += 10) {
                requireOnlyOurMarkup("CVE-2026-" + i, world.page("/cve/CVE-2026-" + i));
            }
        }
    }

    @Test
    void aSummaryOfAMegabyteIsCutAndSaysSo() throws Exception {
        try (FindingWorld world = FindingWorld.in(directory)) {
            world.advise("CVE-2026-1", "left-pad", "", FindingWorld.HIGH, "<b>" + "x".repeat(1 << 20));
            world.scanning();
            Manifest image = world.push("team/app", "1.0", FindingWorld.npm("left-pad", "1.0.0"));
            world.awaitJudged(image.digest());
            world.accept(Acceptances.of(
                    List.of(Acceptance.of("CVE-2026-1", Status.AFFECTED, "y".repeat(1 << 20)))));
            assertThat(world.page("/cve/CVE-2026-1")).hasSizeLessThan(20_000).contains("&lt;b&gt;x");
            assertThat(world.page("/image/team/app?tag=1.0")).hasSizeLessThan(20_000);
            world.accept(Acceptances.of(
                    List.of(Acceptance.of("CVE-2026-1", Status.ACCEPTED, "y".repeat(1 << 20)))));
            assertThat(world.page("/image/team/app?tag=1.0"))
                    .hasSizeLessThan(20_000)
                    .contains("more characters");
        }
    }

    private static void requireOnlyOurMarkup(String where, String page) {
        assertThat(page)
                .as(where)
                .doesNotContainPattern(
                        "(?i)<(script(?! src=\"/assets/)|img|iframe|svg on|style|base|math|form action=//)")
                .doesNotContainPattern("(?i)<[^>]* (href|src|action)=\"\\s*(javascript|data|vbscript):")
                .doesNotContain("<!--", "\u202e", "\u001b", "\u0000");
        // What stands between the quotes of an attribute is a value.
        assertThat(page.replaceAll("=\"[^\"]*\"", "=")).as(where).doesNotContainPattern("(?i)<[^>]* on[a-z]+=");
    }
}
