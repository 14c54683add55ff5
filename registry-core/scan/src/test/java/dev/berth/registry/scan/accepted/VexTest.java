package dev.berth.registry.scan.accepted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.TestReports;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VexTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Finding OPENSSL = TestReports.finding("CVE-2026-1", Severity.HIGH, "openssl", "3.0", "GHSA-1");
    private static final Finding ZLIB = TestReports.finding("CVE-2026-2", Severity.LOW, "zlib", "1.3");

    @Test
    void aStatementOfOpenVexIsAboutAnImageByItsDigest() {
        Acceptances read = openVex("""
                {"vulnerability": {"name": "CVE-2026-1", "aliases": ["GHSA-1"]},
                 "products": [{"@id": "pkg:oci/app@%s"}],
                 "status": "not_affected", "justification": "vulnerable_code_not_present"}""");

        assertThat(open(read)).containsExactly(ZLIB);
        assertThat(read.entries().get(0).reason()).isEqualTo("vulnerable_code_not_present");
        assertThat(read.entries().get(0).by()).isEqualTo("Ada");
        assertThat(read.entries().get(0).since()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(read.notes()).isEmpty();
    }

    @Test
    void aStatementOfOpenVexMayBeAboutAPackageOfAnImage() {
        String product = "{\"vulnerability\": {\"name\": \"CVE-2026-1\"}, \"status\": \"not_affected\","
                + " \"products\": [{\"@id\": \"pkg:oci/app@%s\", \"subcomponents\": [{\"@id\": \"PART\"}]}]}";

        assertThat(open(openVex(product.replace("PART", "pkg:deb/debian/openssl"))))
                .containsExactly(ZLIB);
        assertThat(open(openVex(product.replace("PART", "pkg:deb/debian/libssl"))))
                .containsExactly(OPENSSL, ZLIB);
    }

    @Test
    void aStatementOfOpenVexMayBeAboutAPackageOrARepository() {
        String product = "{\"vulnerability\": {\"name\": \"CVE-2026-1\"}, \"status\": \"fixed\","
                + " \"products\": [{\"@id\": \"PRODUCT\"}]}";

        assertThat(open(openVex(product.replace("PRODUCT", "pkg:deb/debian/openssl@3.0"))))
                .containsExactly(ZLIB);
        assertThat(open(openVex(product.replace("PRODUCT", "pkg:oci/app?repository_url=registry.example/team/app"))))
                .containsExactly(ZLIB);
        assertThat(open(openVex(product.replace("PRODUCT", "pkg:oci/app?repository_url=registry.example/team/other"))))
                .containsExactly(OPENSSL, ZLIB);
    }

    @Test
    void olderOpenVexHasPlainTexts() {
        Acceptances read = openVex("""
                {"vulnerability": "CVE-2026-1", "products": ["pkg:oci/app@%s"],
                 "subcomponents": ["pkg:deb/debian/openssl"], "status": "not_affected", "impact_statement": "unused"}""");

        assertThat(open(read)).containsExactly(ZLIB);
        assertThat(read.entries().get(0).reason()).isEqualTo("unused");
    }

    @Test
    void statementsThatNameNothingKnownHaveNoEffectAndAreNamed() {
        String product = "{\"vulnerability\": {\"name\": \"CVE-2026-1\"}, \"status\": \"not_affected\","
                + " \"products\": [{\"@id\": \"PRODUCT\"}]}";

        for (String name : List.of("https://product.example/app", "pkg:oci/app", "pkg:oci/app@latest", "pkg:/")) {
            Acceptances read = openVex(product.replace("PRODUCT", name));
            assertThat(read.entries()).isEmpty();
            assertThat(read.notes())
                    .singleElement()
                    .asString()
                    .contains("CVE-2026-1")
                    .contains("no effect");
        }
    }

    @Test
    void aStatementThatHarmIsDoneSettlesNothing() {
        assertThat(open(openVex("{\"vulnerability\": {\"name\": \"CVE-2026-1\"}, \"status\": \"affected\","
                        + " \"products\": [{\"@id\": \"pkg:oci/app@%s\"}], \"action_statement\": \"update\"}")))
                .containsExactly(OPENSSL, ZLIB);
        assertThatThrownBy(() -> openVex("{\"vulnerability\": {\"name\": \"CVE-2026-1\"}, \"status\": \"accepted\"}"))
                .hasMessageContaining("no status of OpenVEX");
    }

    @Test
    void whatIsAcceptedIsWrittenAsOpenVexAndReadAgain() {
        Acceptances list = Acceptances.of(List.of(
                Acceptance.of("GHSA-1", Status.NOT_AFFECTED, "unused").withSince(Instant.parse("2026-02-02T00:00:00Z")),
                Acceptance.of("CVE-2026-2", Status.ACCEPTED, "low").withAuthor("ada")));
        JudgedReport judged = list.judge(TestReports.of(OPENSSL, ZLIB), APP, Set.of(), TestReports.SCANNED);

        byte[] written = OpenVex.write(judged, "Team", TestReports.SCANNED);

        assertThat(OpenVex.write(judged, "Team", TestReports.SCANNED)).isEqualTo(written);
        Acceptances read = Acceptances.read(written);
        assertThat(open(read)).containsExactly(ZLIB);
        assertThat(read.entries()).extracting(Acceptance::status).containsExactly(Status.NOT_AFFECTED, Status.AFFECTED);
        assertThat(read.entries().get(1).reason()).isEqualTo("The risk is accepted by ada: low");
        assertThat(read.judge(
                                new ScanReport(
                                        TestReports.digest("another image"),
                                        "x",
                                        TestReports.SCANNED,
                                        Optional.empty(),
                                        List.of(OPENSSL),
                                        List.of()),
                                APP,
                                Set.of(),
                                TestReports.SCANNED)
                        .open())
                .containsExactly(OPENSSL);
    }

    @Test
    void cycloneDxSaysItOfItsComponents() {
        Acceptances read = Acceptances.read("""
                {"bomFormat": "CycloneDX", "specVersion": "1.6",
                 "metadata": {"timestamp": "2026-01-01T00:00:00Z", "authors": [{"name": "Ada"}],
                   "component": {"type": "container", "name": "app", "bom-ref": "image", "purl": "pkg:oci/app@%s"}},
                 "components": [{"type": "library", "name": "openssl", "bom-ref": "1", "purl": "pkg:deb/debian/openssl@3.0"}],
                 "vulnerabilities": [
                   {"id": "GHSA-1", "analysis": {"state": "not_affected", "detail": "unused"}, "affects": [{"ref": "1"}]},
                   {"id": "CVE-2026-2", "analysis": {"state": "in_triage"}, "affects": [{"ref": "image"}]},
                   {"id": "CVE-2026-3", "affects": [{"ref": "1"}]},
                   {"id": "CVE-2026-4", "analysis": {"state": "resolved"}, "affects": [{"ref": "nothing"}]}
                 ]}""".formatted(TestReports.IMAGE).getBytes(UTF_8));

        assertThat(open(read)).containsExactly(ZLIB);
        assertThat(read.entries())
                .extracting(Acceptance::status)
                .containsExactly(Status.NOT_AFFECTED, Status.UNDER_INVESTIGATION);
        assertThat(read.entries().get(0).image()).contains(TestReports.IMAGE);
        assertThat(read.entries().get(0).by()).isEqualTo("Ada");
        assertThat(read.notes()).singleElement().asString().contains("CVE-2026-4");
    }

    @Test
    void cycloneDxMayLinkToAnotherDocument() {
        Acceptances read = Acceptances.read("""
                {"bomFormat": "CycloneDX", "specVersion": "1.5", "vulnerabilities": [
                   {"id": "CVE-2026-1", "analysis": {"state": "false_positive"},
                    "affects": [{"ref": "urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1#pkg:deb/debian/openssl@3.0"}]},
                   {"id": "CVE-2026-2", "analysis": {"state": "not_affected"},
                    "affects": [{"ref": "pkg:deb/debian/zlib", "versions": [{"version": "9", "status": "unaffected"}]}]}
                 ]}""".getBytes(UTF_8));

        assertThat(open(read)).containsExactly(ZLIB);
        assertThat(read.notes()).hasSize(1);
    }

    private static Acceptances openVex(String statement) {
        String document = "{\"@context\": \"https://openvex.dev/ns/v0.2.0\", \"@id\": \"urn:x\", \"author\": \"Ada\","
                + " \"timestamp\": \"2026-01-01T00:00:00Z\", \"version\": 1, \"statements\": [" + statement + "]}";
        return Acceptances.read(
                document.replace("%s", TestReports.IMAGE.toString()).getBytes(UTF_8));
    }

    private static List<Finding> open(Acceptances list) {
        return list.judge(TestReports.of(OPENSSL, ZLIB), APP, Set.of(), TestReports.SCANNED)
                .open();
    }
}
