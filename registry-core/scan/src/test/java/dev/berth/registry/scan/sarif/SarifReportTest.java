package dev.berth.registry.scan.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.scan.accepted.Acceptance;
import dev.berth.registry.scan.accepted.Acceptances;
import dev.berth.registry.scan.accepted.Status;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.TestReports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SarifReportTest {
    private static final String IMAGE = "registry.example/team/app:1.0";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Finding OPENSSL =
            TestReports.finding("CVE-2026-1", Severity.CRITICAL, "openssl", "3.0", "GHSA-1");
    private static final Finding FIXED = new Finding(
            "CVE-2026-2",
            List.of(),
            "zlib",
            "1.3",
            Optional.empty(),
            Optional.of("opt/my app/\u00e9?#.jar!/lib/z.jar"),
            Optional.empty(),
            Optional.of("1.4"),
            Severity.MEDIUM,
            Optional.of("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N"),
            "Reads too much.",
            List.of("javascript:alert(1)", "https://advisories.example/2"));

    @Test
    void aReportIsValidBySarifsSchema() throws IOException {
        assertThat(problems(sarif(TestReports.of(OPENSSL, FIXED)))).isEmpty();
        assertThat(problems(sarif(TestReports.of()))).isEmpty();
        assertThat(problems(sarif(new ScanReport(
                        TestReports.IMAGE,
                        "x",
                        TestReports.SCANNED,
                        Optional.of(TestReports.SCANNED),
                        List.of(hostile()),
                        List.of("Layer 1: it is damaged")))))
                .isEmpty();
    }

    @Test
    void theSchemaIsAskedIndeed() throws IOException {
        JsonNode broken = MAPPER.readTree("{\"version\":\"2.1.0\",\"runs\":[{\"results\":[{}]}]}");

        assertThat(problems(broken)).isNotEmpty();
    }

    @Test
    void aFindingIsAResultInTheFileThatNamesThePackage() throws IOException {
        JsonNode run = sarif(TestReports.of(OPENSSL, FIXED)).at("/runs/0");

        JsonNode first = run.at("/results/0");
        assertThat(first.at("/ruleId").asText()).isEqualTo("CVE-2026-1");
        assertThat(first.at("/level").asText()).isEqualTo("error");
        assertThat(first.at("/message/text").asText())
                .isEqualTo("openssl 3.0 has CVE-2026-1. There is no version without it.");
        assertThat(first.at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo("var/lib/dpkg/status");
        JsonNode second = run.at("/results/1");
        assertThat(second.at("/level").asText()).isEqualTo("warning");
        assertThat(second.at("/message/text").asText())
                .isEqualTo("zlib 1.3 has CVE-2026-2: Reads too much. Update it to 1.4.");
        assertThat(second.at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo("opt/my%20app/%C3%A9%3F%23.jar%21/lib/z.jar");
        assertThat(run.at("/tool/driver/rules/1/id").asText()).isEqualTo("CVE-2026-2");
        assertThat(run.at("/tool/driver/rules/1/helpUri").asText()).isEqualTo("https://advisories.example/2");
        assertThat(run.at("/tool/driver/rules/1/properties/security-severity").asText())
                .isEqualTo("4.0");
    }

    @Test
    void severalFindingsOfOneAdvisoryHaveOneRule() throws IOException {
        Finding other = TestReports.finding("CVE-2026-1", Severity.LOW, "libssl", "3.0");

        JsonNode run = sarif(TestReports.of(OPENSSL, FIXED, other)).at("/runs/0");

        assertThat(run.at("/tool/driver/rules")).hasSize(2);
        for (JsonNode result : run.at("/results")) {
            assertThat(run.at("/tool/driver/rules/" + result.get("ruleIndex").asInt() + "/id")
                            .asText())
                    .isEqualTo(result.get("ruleId").asText());
        }
    }

    @Test
    void anAcceptedFindingIsSuppressedWithTheReason() throws IOException {
        var judged = Acceptances.of(List.of(
                        Acceptance.of("GHSA-1", Status.ACCEPTED, "no TLS").withAuthor("ada")))
                .judge(TestReports.of(OPENSSL, FIXED), RepositoryName.parse("team/app"), Set.of(), TestReports.SCANNED);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        SarifReport.write(judged, IMAGE, out);

        JsonNode document = MAPPER.readTree(out.toByteArray());
        assertThat(problems(document)).isEmpty();
        assertThat(document.at("/runs/0/results/0/suppressions/0/justification").asText())
                .isEqualTo("accepted by ada: no TLS");
        assertThat(document.at("/runs/0/results/1").has("suppressions")).isFalse();
    }

    private static Finding hostile() {
        return new Finding(
                "CVE-\u0000\n\ud800",
                List.of("<script>"),
                "a\u202eb",
                "",
                Optional.of("pkg:%%"),
                Optional.of("////"),
                Optional.empty(),
                Optional.of(""),
                Severity.UNKNOWN,
                Optional.of(""),
                "x".repeat(100_000),
                List.of("https://a b", "http://x\"y", ""));
    }

    private static JsonNode sarif(ScanReport report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SarifReport.write(report, IMAGE, out);
        return MAPPER.readTree(out.toByteArray());
    }

    private static List<com.networknt.schema.Error> problems(JsonNode document) throws IOException {
        try (InputStream in = SarifReportTest.class.getResourceAsStream("sarif-2.1.0.json")) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(MAPPER.readTree(in));
            return schema.validate(
                    document, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        }
    }
}
