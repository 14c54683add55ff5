package dev.berth.registry.scan.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingsTest {
    private static final String HIGH = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N";
    private static final String CRITICAL4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";

    @TempDir
    private Path dir;

    private Database database;

    @BeforeEach
    void open() throws IOException {
        database = new Database(dir);
    }

    private Finding only() {
        List<Finding> findings = database.findings(Database.npm("left", "1.0.0"));
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    @Test
    void aFindingSaysWhatIsKnown() throws IOException {
        database.with(Osv.of("GHSA-aaaa", "npm", "left", "1.2.0")
                .put("summary", "It pads on the wrong side")
                .put("details", "Long\n\ntext")
                .names("aliases", "CVE-2026-1")
                .severity("CVSS_V3", HIGH)
                .link("https://advisories.example/1"));

        assertThat(only())
                .isEqualTo(new Finding(
                        "CVE-2026-1",
                        List.of("GHSA-aaaa"),
                        "left",
                        "1.0.0",
                        Optional.of("pkg:npm/left@1.0.0"),
                        Optional.of("where/it/is"),
                        Optional.of(Database.LAYER),
                        Optional.of("1.2.0"),
                        Severity.HIGH,
                        Optional.of(HIGH),
                        "It pads on the wrong side",
                        List.of("https://advisories.example/1")));
    }

    @Test
    void advisoriesThatShareANameAreOneFinding() throws IOException {
        database.with(
                Osv.of("GHSA-aaaa", "npm", "left", "1.2.0").names("aliases", "CVE-2026-1"),
                Osv.of("GO-2026-1", "npm", "left", "1.3.0")
                        .names("aliases", "CVE-2026-1")
                        .put("summary", "a word")
                        .severity("CVSS_V4", CRITICAL4),
                Osv.of("SNYK-1", "npm", "left", "1.1.0").names("aliases", "GO-2026-1"));

        Finding finding = only();

        assertThat(finding.id()).isEqualTo("CVE-2026-1");
        assertThat(finding.aliases()).containsExactly("GHSA-aaaa", "GO-2026-1", "SNYK-1");
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.summary()).isEqualTo("a word");
        assertThat(finding.fixedVersion()).as("all of them take it for fixed").contains("1.3.0");
    }

    @Test
    void aliasesMayGoInACircle() throws IOException {
        database.with(
                Osv.of("A-1", "npm", "left", "2.0.0").names("aliases", "A-2"),
                Osv.of("A-2", "npm", "left", "2.0.0").names("aliases", "A-3"),
                Osv.of("A-3", "npm", "left", "2.0.0").names("aliases", "A-1", "A-3"));

        assertThat(only().aliases()).containsExactly("A-2", "A-3");
    }

    @Test
    void whatIsRelatedIsAnotherVulnerability() throws IOException {
        database.with(
                Osv.of("CVE-2026-1", "npm", "left", "2.0.0").names("related", "CVE-2026-2"),
                Osv.of("CVE-2026-2", "npm", "left", "2.0.0"));

        assertThat(database.findings(Database.npm("left", "1.0.0"))).hasSize(2);
    }

    @Test
    void theRecordOfADistributionIsAboutTheCveThatItIsMadeOf() throws IOException {
        database.with(Osv.of("DEBIAN-CVE-2026-1", "Debian:13", "lib", "2").names("upstream", "CVE-2026-1"));

        List<Finding> findings = database.report(Optional.of(Database.DEBIAN), Database.of(PackageType.DEB, "lib", "1"))
                .findings();

        assertThat(findings).extracting(Finding::id).containsExactly("CVE-2026-1");
        assertThat(findings.get(0).aliases()).containsExactly("DEBIAN-CVE-2026-1");
    }

    @Test
    void aBulletinIsAFindingForEachOfItsVulnerabilities() throws IOException {
        database.with(
                Osv.of("DSA-1-1", "Debian:13", "lib", "2").names("upstream", "CVE-2026-1", "CVE-2026-2"),
                Osv.of("DEBIAN-CVE-2026-1", "Debian:13", "lib", "2").names("upstream", "CVE-2026-1"));

        List<Finding> findings = database.report(Optional.of(Database.DEBIAN), Database.of(PackageType.DEB, "lib", "1"))
                .findings();

        assertThat(findings).extracting(Finding::id).containsExactly("CVE-2026-1", "CVE-2026-2");
        assertThat(findings.get(0).aliases()).containsExactly("DEBIAN-CVE-2026-1", "DSA-1-1");
        assertThat(findings.get(1).aliases()).containsExactly("DSA-1-1");
    }

    @Test
    void anAdvisoryWithVeryManyAliasesDoesNotHideOthers() throws IOException {
        String[] all = new String[100];
        for (int i = 0; i < all.length; i++) {
            all[i] = "CVE-2026-" + (1000 + i);
        }
        database.with(
                Osv.of("A-1", "npm", "left", "2.0.0").names("aliases", all),
                Osv.of("CVE-2026-1001", "npm", "left", "2.0.0"),
                Osv.of("CVE-2026-1002", "npm", "left", "2.0.0"));

        assertThat(database.findings(Database.npm("left", "1.0.0"))).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "CVSS_V3, CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, LOW, CRITICAL",
        "CVSS_V3, CVSS:3.1/nonsense, HIGH, HIGH",
        "CVSS_V3, CVSS:3.1/nonsense, MODERATE, MEDIUM",
        "CVSS_V3, CVSS:3.1/nonsense, Important, HIGH",
        "CVSS_V3, CVSS:3.1/nonsense, unheard of, UNKNOWN",
        "CVSS_V2, AV:N/AC:L/Au:N/C:P/I:P/A:P, CRITICAL, CRITICAL",
        "Ubuntu, negligible, '', NEGLIGIBLE",
        "Ubuntu, medium, '', MEDIUM"
    })
    void theSeverityIsThatOfTheVectorOtherwiseTheWordOfTheDatabase(
            String type, String score, String word, Severity severity) throws IOException {
        database.with(
                Osv.of("A-1", "npm", "left", "2.0.0").severity(type, score).specific("severity", word));

        assertThat(only().severity()).isEqualTo(severity);
    }

    @Test
    void ofSeveralVectorsTheNewestVersionCounts() throws IOException {
        database.with(
                Osv.of("A-1", "npm", "left", "2.0.0").severity("CVSS_V3", HIGH).severity("CVSS_V4", CRITICAL4));

        assertThat(only().vector()).contains(CRITICAL4);
        assertThat(only().severity()).isEqualTo(Severity.CRITICAL);
    }

    @ParameterizedTest
    @CsvSource({
        "urgency, unimportant, NEGLIGIBLE",
        "urgency, high, HIGH",
        "urgency, not yet assigned, UNKNOWN",
        "ubuntu_priority, low, LOW"
    })
    void theWordOfADistributionIsForItsPackage(String name, String word, Severity severity) throws IOException {
        database.with(Osv.of("A-1", "npm", "left", "2.0.0")
                .andSpecific(name, word)
                .range("npm", "right", "introduced", "0")
                .andSpecific(name, "critical"));

        assertThat(only().severity()).isEqualTo(severity);
    }

    @Test
    void withoutASummaryTheFirstLineOfTheDetailsIsTold() throws IOException {
        database.with(Osv.of("A-1", "npm", "left", "2.0.0").put("details", "  First\u001b[31m line\nsecond"));

        assertThat(only().summary()).isEqualTo("First\uFFFD[31m line");
    }

    @Test
    void onlyAddressesOfTheWebAreLinks() throws IOException {
        database.with(Osv.of("A-1", "npm", "left", "2.0.0")
                .link("javascript:alert(1)")
                .link("https://advisories.example/a\nb")
                .link("https://advisories.example/" + "x".repeat(1000))
                .link("http://advisories.example/good"));

        assertThat(only().links()).containsExactly("http://advisories.example/good");
    }

    @Test
    void aReportSaysHowNewTheAdvisoriesAreAndLooksAtPackagesTwiceIfTheyAreThereTwice() throws IOException {
        database.with(
                Osv.of("A-1", "npm", "left", "2.0.0").put("modified", "2026-03-01T00:00:00Z"),
                Osv.of("A-2", "npm", "left", "0.1.0").put("modified", "9999-01-01T00:00:00Z"),
                Osv.of("A-3", "npm", "left", "0.1.0").put("modified", "0001-01-01T00:00:00Z"));

        ScanReport report = database.report(
                Optional.empty(),
                Database.npm("left", "1.0.0"),
                Database.npm("left", "1.0.0").at("elsewhere"));

        assertThat(report.advisoriesAsOf()).contains(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(report.findings())
                .extracting(finding -> finding.path().orElseThrow())
                .containsExactly("elsewhere", "where/it/is");
    }
}
