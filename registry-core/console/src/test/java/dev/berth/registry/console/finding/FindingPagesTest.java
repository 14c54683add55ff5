package dev.berth.registry.console.finding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import dev.berth.registry.Tag;
import dev.berth.registry.access.Action;
import dev.berth.registry.console.FindingWorld;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.scan.accepted.Acceptance;
import dev.berth.registry.scan.accepted.Acceptances;
import dev.berth.registry.scan.accepted.Status;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisplayName("Pages show what is known of the safety of images")
class FindingPagesTest {
    @TempDir
    private Path directory;

    /** Two images with findings, in repositories of which one is hidden from everybody. */
    private static void fill(FindingWorld world) throws Exception {
        world.advise("CVE-2026-1", "left-pad", "1.0.1", FindingWorld.CRITICAL, "It pads the wrong side", "GHSA-left");
        world.advise("CVE-2026-2", "right-pad", "", FindingWorld.MEDIUM, "It pads too much");
        world.scanning();
        Manifest image = world.push("team/app", "1.0", FindingWorld.npm("left-pad", "1.0.0", "right-pad", "2.0.0"));
        world.awaitJudged(image.digest());
    }

    @Test
    void aRowOfTheTagTableHasNumbersInWordsAndWhetherItIsSigned() throws Exception {
        try (FindingWorld world = FindingWorld.in(directory)) {
            fill(world);
            Manifest clean = world.push("team/app", "1.1", FindingWorld.npm("left-pad", "1.0.1"));
            world.awaitJudged(clean.digest());
            world.sign("team/app", clean, FindingWorld.TRUSTED);
            Manifest strange = world.push("team/app", "1.2", FindingWorld.npm("other", "1"));
            world.awaitJudged(strange.digest());
            world.sign("team/app", strange, FindingWorld.STRANGE);

            world.get("/");
            String page = world.page("/repository/team/app?order=name");

            assertThat(rows(page))
                    .satisfiesExactly(
                            row -> assertThat(row).contains(">1.2<", "no findings", "unknown signer"),
                            row -> assertThat(row).contains(">1.1<", "no findings", ">signed<"),
                            row -> assertThat(row)
                                    .contains(">1.0<", "title=\"1 critical\"", " critical<", "title=\"1 medium\"")
                                    .contains("not signed")
                                    .doesNotContain("high"));
        }
    }

    @Test
    void notScannedAndCannotBeScannedAreToldApart() throws Exception {
        try (FindingWorld world = FindingWorld.in(directory)) {
            world.push("team/app", "1.0", FindingWorld.npm());
            world.get("/");
            assertThat(world.page("/repository/team/app")).contains("being scanned");
            assertThat(world.page("/image/team/app?tag=1.0")).contains("It is being scanned.");

            world.failing();
            world.awaitJudged(world.manifest("team/app", "1.0").digest());
            assertThat(rows(world.page("/repository/team/app")))
                    .singleElement()
                    .asString()
                    .contains("scan failed");
            assertThat(world.page("/image/team/app?tag=1.0")).contains("The last scan has failed:");

            world.scanning();
            Manifest gaps = world.push("team/app", "1.1", FindingWorld.broken());
            world.awaitJudged(gaps.digest());
            assertThat(world.page("/image/team/app?tag=1.1")).contains("1 part of it could not be read");

            world.repository("team/app")
                    .manifests()
                    .put(ImageIndex.of(List.of()).toManifest(), Tag.parse("none"));
            world.get("/");
            assertThat(rows(world.page("/repository/team/app?order=name")))
                    .anySatisfy(row -> assertThat(row).contains(">none<", "cannot be scanned"));
            assertThat(world.page("/image/team/app?tag=none")).contains("It lists no images that could be scanned.");
        }
    }

    @Test
    void theFindingsOfAnImageAreTheWorstFirstAndFiltered() throws Exception {
        try (FindingWorld world = FindingWorld.in(directory)) {
            fill(world);

            String page = world.page("/image/team/app?tag=1.0");
            assertThat(page)
                    .containsSubsequence("href=\"/cve/CVE-2026-1\"", "left-pad", "1.0.0", "1.0.1")
                    .containsSubsequence("CVE-2026-1", "href=\"/cve/CVE-2026-2\"", "no fix yet")
                    .contains("All 2", "1 critical", "1 medium", "1 with a fix", ">just now<", "Berth");
            assertThat(world.page("/image/team/app?tag=1.0&severity=medium"))
                    .contains("/cve/CVE-2026-2")
                    .doesNotContain("/cve/CVE-2026-1");
            assertThat(world.page("/image/team/app?tag=1.0&fixable=yes"))
                    .contains("/cve/CVE-2026-1")
                    .doesNotContain("/cve/CVE-2026-2");
            assertThat(world.page("/image/team/app?tag=1.0&severity=low")).contains("No finding fits.");
            assertThat(world.page("/image/team/app?tag=1.0&severity=%3Cb%3E&page=x"))
                    .contains("/cve/CVE-2026-1");
        }
    }

    @Test
    void hundredsOfFindingsArePaged() throws Exception {
        try (FindingWorld world = FindingWorld.in(directory)) {
            List<String> packages = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                world.advise("CVE-2026-" + (1000 + i), "p" + i, "2.0.0", FindingWorld.LOW, "x");
                packages.addAll(List.of("p" + i, "1.0.0"));
            }
            world.scanning();
            Manifest image = world.push("team/app", "1.0", FindingWorld.npm(packages.toArray(String[]::new)));
            world.awaitJudged(image.digest());

            assertThat(rows(world.page("/image/team/app?tag=1.0")).stream().filter(row -> row.contains("/cve/")))
                    .hasSize(50);
            assertThat(world.page("/image/team/app?tag=1.0")).contains("Page 1 of 3", "tag=1.0&amp;page=2");
            assertThat(world.page("/image/team/app?tag=1.0&page=3")).contains("Page 3 of 3");
        }
    }

    @Test
    void whatIsAcceptedIsMarkedWithTheReasonAndUntilWhen() throws Exception {
        try (FindingWorld world = FindingWorld.in(directory)) {
            fill(world);
            world.accept(
                    Acceptances.of(List.of(Acceptance.of("CVE-2026-1", Status.NOT_AFFECTED, "It never pads to the left")
                            .withAuthor("ada")
                            .withExpiry(Instant.parse("2099-01-31T00:00:00Z")))));

            assertThat(world.page("/image/team/app?tag=1.0"))
                    .contains("All 1", "1 accepted finding", "not affected", "It never pads to the left", "ada")
                    .contains("2099-01-31");
            assertThat(world.page("/cve/CVE-2026-1"))
                    .containsSubsequence("Counts", "/image/team/app", "no: not affected", "It never pads to the left");
        }
    }

    @Test
    void anIndexShowsEachFindingOnceWithItsPlatforms() throws Exception {
        try (FindingWorld world = FindingWorld.in(directory)) {
            world.advise("CVE-2026-1", "left-pad", "1.0.1", FindingWorld.HIGH, "x");
            world.advise("CVE-2026-2", "right-pad", "1.0.1", FindingWorld.HIGH, "x");
            world.scanning();
            Manifest index = world.pushIndex(
                    "team/app",
                    "multi",
                    FindingWorld.npm("left-pad", "1.0.0"),
                    FindingWorld.npm("left-pad", "1.0.0", "right-pad", "1.0.0"));
            List<Descriptor> children = ((ImageIndex) ManifestDocument.parse(index)).manifests();
            for (int i = 0; i < 2; i++) {
                world.awaitAnyJudged();
            }

            assertThat(world.page("/image/team/app?tag=multi"))
                    .contains("All 2", "linux/amd64, linux/arm64", ">linux/arm64<");
            world.get("/");
            assertThat(world.page("/repository/team/app")).contains("title=\"2 high\"");
            assertThat(world.page("/cve/CVE-2026-2"))
                    .as("the tag of the index names its image")
                    .contains("href=\"/image/team/app?tag=multi\"");
            assertThat(world.page("/packages/team/app?digest=" + children.get(1).digest()))
                    .contains("right-pad");
        }
    }

    @Test
    void signaturesSayWhoAndWhyNot() throws Exception {
        try (FindingWorld world = FindingWorld.in(directory)) {
            fill(world);
            assertThat(world.page("/image/team/app?tag=1.0")).contains("Nobody has signed it.");
            Manifest image = world.manifest("team/app", "1.0");
            world.sign("team/app", image, FindingWorld.STRANGE);
            assertThat(world.page("/image/team/app?tag=1.0"))
                    .contains("It is signed, but by nobody whom this registry trusts.", "Not accepted")
                    .contains("trusted keys signed it");
            world.sign("team/app", image, FindingWorld.TRUSTED);
            assertThat(world.page("/image/team/app?tag=1.0"))
                    .contains("Signed by somebody whom this registry trusts.", "Accepted", "release");
        }
        try (FindingWorld world = FindingWorld.withoutTrust(directory.resolve("other"))) {
            world.scanning();
            Manifest image = world.push("team/app", "1.0", FindingWorld.npm());
            world.awaitJudged(image.digest());
            world.sign("team/app", image, FindingWorld.TRUSTED);
            assertThat(world.page("/image/team/app?tag=1.0"))
                    .contains("this registry was told to trust nobody")
                    .doesNotContain(">Rules<");
        }
    }

    @Test
    void whatTheGateSaysIsShownWithTheRule() throws Exception {
        try (FindingWorld world = FindingWorld.in(directory)) {
            fill(world);
            assertThat(world.page("/image/team/app?tag=1.0"))
                    .contains("This registry does not hand it out.", "production", "CVE-2026-1");
            Manifest clean = world.push("team/app", "1.1", FindingWorld.npm("left-pad", "1.0.1"));
            world.awaitJudged(clean.digest());
            assertThat(world.page("/image/team/app?tag=1.1")).contains("This registry hands it out.");
        }
    }

    @Test
    void sbomsAreListedAndADamagedOneIsOneRowThatSaysSo() throws Exception {
        try (FindingWorld world = FindingWorld.in(directory)) {
            fill(world);
            Manifest image = world.manifest("team/app", "1.0");
            world.attach(
                    "team/app",
                    image,
                    "application/vnd.cyclonedx+json",
                    ("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[{\"type\":\"library\","
                                    + "\"name\":\"left\",\"version\":\"1\",\"purl\":\"pkg:npm/left@1\"}]}")
                            .getBytes(StandardCharsets.UTF_8));
            world.attach("team/app", image, "application/spdx+json", "{".getBytes(StandardCharsets.UTF_8));
            assertThat(world.page("/image/team/app?tag=1.0"))
                    .contains("CycloneDX", "1 package", "SPDX", "cannot be read", "somebody, not signed");
        }
    }

    @Test
    void whoeverMayPushBeginsAScan() throws Exception {
        try (FindingWorld world = FindingWorld.in(
                directory,
                (caller, action, repository) ->
                        action == Action.PULL || repository.value().equals("team/app"))) {
            fill(world);
            Manifest other = world.push("other/app", "1.0", FindingWorld.npm());
            world.awaitJudged(other.digest());
            Manifest image = world.manifest("team/app", "1.0");

            assertThat(world.page("/image/other/app?tag=1.0")).doesNotContain("Scan now");
            assertThat(world.page("/image/team/app?tag=1.0")).contains("Scan now");
            HttpResponse<String> begun = world.post(
                    "/image/team/app?tag=1.0",
                    "/scan/team/app",
                    Map.of("tag", "1.0", "reference", image.digest().toString()));
            assertThat(begun.statusCode()).isEqualTo(303);
            assertThat(begun.headers().firstValue("Location")).contains("/image/team/app?tag=1.0");
            world.awaitJudged(image.digest());
            assertThat(world.post(
                                    "/image/team/app?tag=1.0",
                                    "/scan/other/app",
                                    Map.of("reference", other.digest().toString()))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(world.get("/scan/team/app").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aCveShowsWhatIsKnownAndTheImagesThatTheVisitorMaySee() throws Exception {
        try (FindingWorld world = FindingWorld.in(
                directory, (caller, action, repository) -> !repository.value().startsWith("secret/"))) {
            fill(world);
            Manifest hidden = world.push("secret/plan", "1.0", FindingWorld.npm("left-pad", "1.0.0", "only-here", "1"));
            world.awaitJudged(hidden.digest());

            assertThat(world.page("/cve/cve-2026-1"))
                    .contains("It pads the wrong side", "critical", "GHSA-left", "left-pad", "1.0.1")
                    .contains("href=\"/image/team/app?tag=1.0\"", "https://advisories.example/")
                    .doesNotContain("secret");
            assertThat(world.page("/cve/GHSA-left")).contains("href=\"/image/team/app?tag=1.0\"", "CVE-2026-1");
            assertThat(world.get("/cve/?id=CVE-2026-1").headers().firstValue("Location"))
                    .contains("/cve/CVE-2026-1");
            assertThat(world.page("/packages/?name=only-here"))
                    .contains("No scanned image that you may see has it.")
                    .doesNotContain("secret");
            assertThat(world.page("/packages/?name=only")).doesNotContain("only-here");
            String nothing = world.get("/cve/%3Cscript%3E").body();
            for (String path : List.of(
                    "/packages/secret/plan?digest=" + hidden.digest(),
                    "/packages/secret/none?digest=" + hidden.digest(),
                    "/packages/team/app",
                    "/packages/team/app?digest=sha256:1")) {
                HttpResponse<String> response = world.get(path);
                assertThat(response.statusCode()).as(path).isEqualTo(404);
                assertThat(response.body()).isEqualTo(nothing);
            }
        }
    }

    @Test
    void aCveOfManyImagesIsPaged() throws Exception {
        try (FindingWorld world = FindingWorld.in(directory)) {
            world.advise("CVE-2026-1", "left-pad", "1.0.1", FindingWorld.HIGH, "x");
            world.scanning();
            for (int i = 10; i < 40; i++) {
                Manifest image = world.push("team/app-" + i, "1", FindingWorld.npm("left-pad", "1.0.0", "n", "" + i));
                world.awaitJudged(image.digest());
            }
            String first = world.page("/cve/CVE-2026-1");
            assertThat(first)
                    .contains("team/app-10", "team/app-34", "Next page")
                    .doesNotContain("team/app-35");
            String next = first.replaceAll("(?s).*href=\"(/cve/CVE-2026-1\\?after=[^\"]+)\".*", "$1");
            assertThat(world.page(next))
                    .contains("team/app-35", "team/app-39")
                    .doesNotContain("team/app-34", "Next page");
            assertThat(world.page("/packages/?name=left-pad")).contains("team/app-34", "Next page");
        }
    }

    @Test
    void packagesAreFoundByNameByVersionAndByAPartOfTheName() throws Exception {
        try (FindingWorld world = FindingWorld.in(directory)) {
            fill(world);
            assertThat(world.page("/packages/?name=LEFT-PAD"))
                    .contains("href=\"/image/team/app?tag=1.0\"", "1.0.0", "JavaScript (npm)");
            assertThat(world.page("/packages/?name=left-pad&version=9")).contains("No scanned image");
            assertThat(world.page("/packages/?name=left-pad&type=deb")).contains("No scanned image");
            assertThat(world.page("/packages/?name=pad"))
                    .contains("Packages with this in their name", "href=\"/packages/?name=right-pad\"");
        }
    }

    @Test
    void thePackagesOfAnImageAreATableWithLayersAndFindings() throws Exception {
        try (FindingWorld world = FindingWorld.in(directory)) {
            fill(world);
            Manifest image = world.manifest("team/app", "1.0");
            String page = world.page("/packages/team/app?digest=" + image.digest());
            assertThat(page)
                    .containsSubsequence("left-pad", "1.0.0", "JavaScript (npm)", "/cve/CVE-2026-1")
                    .contains("All 2", "right-pad");
            assertThat(world.page("/packages/team/app?q=RIGHT&digest=" + image.digest()))
                    .contains(">right-pad<")
                    .doesNotContain(">left-pad<");
            Manifest later = world.push("team/app", "1.1", FindingWorld.debian("libc6", "2.41-12"));
            world.awaitJudged(later.digest());
            assertThat(world.page("/packages/team/app?digest=" + later.digest()))
                    .contains("Debian GNU/Linux 13 (trixie)", "libc6", "Debian (deb)");
        }
    }

    @Test
    void aComparisonShowsPackagesAndFindingsThatDiffer() throws Exception {
        try (FindingWorld world = FindingWorld.in(directory)) {
            fill(world);
            Manifest later = world.push("team/app", "2.0", FindingWorld.npm("left-pad", "1.0.1", "new-pad", "3.0.0"));
            world.awaitJudged(later.digest());

            assertThat(world.page("/compare/team/app?from=1.0&to=2.0"))
                    .containsSubsequence("left-pad", "1.0.0", "1.0.1", "newer")
                    .containsSubsequence("new-pad", "3.0.0", "added")
                    .containsSubsequence("right-pad", "2.0.0", "gone")
                    .containsSubsequence("CVE-2026-1", "gone", "critical")
                    .contains("There are none in both.");
        }
    }

    @Test
    void theJsonApiTellsTheSameOfTags() throws Exception {
        try (FindingWorld world = FindingWorld.in(directory)) {
            fill(world);
            world.sign("team/app", world.manifest("team/app", "1.0"), FindingWorld.TRUSTED);
            world.get("/");
            JsonNode tags = new ObjectMapper()
                    .readTree(world.page("/api/v1/tags/team/app"))
                    .path("tags");
            JsonNode tag = null;
            for (JsonNode one : tags) {
                if (one.path("tag").asText().equals("1.0")) {
                    tag = one;
                }
            }
            assertThat(tag).isNotNull();
            assertThat(tag.path("scan").asText()).isEqualTo("scanned");
            assertThat(tag.path("findings").path("critical").asInt()).isEqualTo(1);
            assertThat(tag.path("signed").asText()).isEqualTo("trusted");
            assertThat(world.page("/api/v1/scans/report?repository=team/app&reference=1.0"))
                    .contains("CVE-2026-1");
        }
    }

    private static List<String> rows(String page) {
        List<String> rows = new ArrayList<>();
        for (String row : page.split("<tr", -1)) {
            if (row.contains("scope=\"row\"")) {
                rows.add(row);
            }
        }
        return rows;
    }
}
