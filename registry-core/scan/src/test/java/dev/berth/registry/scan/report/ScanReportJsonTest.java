package dev.berth.registry.scan.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScanReportJsonTest {
    private static final Finding FULL = new Finding(
            "CVE-2026-0001",
            List.of("GHSA-aaaa-bbbb-cccc", "DSA-1"),
            "openssl",
            "3.0.1-1",
            Optional.of("pkg:deb/debian/openssl@3.0.1-1"),
            Optional.of("var/lib/dpkg/status"),
            Optional.of(TestReports.digest("layer")),
            Optional.of("3.0.2-1"),
            Severity.HIGH,
            Optional.of("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"),
            "A \"bad\" thing \u2013 <script>",
            List.of("https://advisories.example/1"));

    @Test
    void whatIsWrittenIsReadAgain() {
        ScanReport report = new ScanReport(
                TestReports.IMAGE,
                "Berth 0.1",
                TestReports.SCANNED,
                Optional.of(Instant.parse("2026-11-27T12:00:00Z")),
                List.of(FULL, TestReports.finding("CVE-2026-0002", Severity.UNKNOWN, "zlib", "1")),
                List.of("Layer 1: it is damaged"));

        assertThat(ScanReportJson.read(ScanReportJson.write(report))).isEqualTo(report);
    }

    @Test
    void aReportHasTheFormThatIsDocumented() {
        ScanReport report = new ScanReport(
                TestReports.IMAGE, "Berth 0.1", TestReports.SCANNED, Optional.empty(), List.of(FULL), List.of("a gap"));

        assertThat(new String(ScanReportJson.write(report), UTF_8))
                .isEqualTo("{\"format\":1,\"image\":\"" + TestReports.IMAGE
                        + "\",\"scanner\":\"Berth 0.1\",\"scannedAt\":\"2026-11-28T01:00:00Z\",\"findings\":["
                        + "{\"id\":\"CVE-2026-0001\",\"aliases\":[\"GHSA-aaaa-bbbb-cccc\",\"DSA-1\"],"
                        + "\"severity\":\"high\",\"vector\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N\","
                        + "\"package\":\"openssl\",\"version\":\"3.0.1-1\","
                        + "\"packageUrl\":\"pkg:deb/debian/openssl@3.0.1-1\",\"path\":\"var/lib/dpkg/status\","
                        + "\"layer\":\"" + TestReports.digest("layer") + "\",\"fixedVersion\":\"3.0.2-1\","
                        + "\"summary\":\"A \\\"bad\\\" thing \u2013 <script>\","
                        + "\"links\":[\"https://advisories.example/1\"]}],\"gaps\":[\"a gap\"]}");
    }

    @Test
    void fieldsOfALaterVersionAreIgnored() {
        String json = new String(ScanReportJson.write(TestReports.of(FULL)), UTF_8)
                .replace("\"gaps\"", "\"later\":{\"a\":[1,{}]},\"gaps\"")
                .replace("\"summary\"", "\"exploited\":true,\"summary\"");

        assertThat(ScanReportJson.read(json.getBytes(UTF_8))).isEqualTo(TestReports.of(FULL));
    }

    @Test
    void textThatIsNoUnicodeIsWrittenAllTheSame() {
        Finding odd = TestReports.finding("CVE-\ud800", Severity.LOW, "a\udc00b", "1");

        ScanReport read = ScanReportJson.read(ScanReportJson.write(TestReports.of(odd)));

        assertThat(read.findings().get(0).id()).isEqualTo("CVE-\ufffd");
        assertThat(read.findings().get(0).packageName()).isEqualTo("a\ufffdb");
    }

    @Test
    void aHundredThousandFindingsAreReadAgain() throws IOException {
        Finding[] many = new Finding[100_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = TestReports.finding("CVE-2026-" + i, Severity.MEDIUM, "package" + i, "1");
        }
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        ScanReportJson.write(TestReports.of(many), json);

        assertThat(ScanReportJson.read(json.toByteArray()).findings()).hasSize(100_000);
    }

    @Test
    void whatIsNoReportIsRefusedWithTheReason() {
        assertRefused("", "it is empty");
        assertRefused("[]", "must be an object");
        assertRefused("{}", "'format' is missing");
        assertRefused("{\"format\":2}", "format 1, not 2");
        assertRefused("{\"format\":1,\"image\":\"latest\"}", "image: has a value that is not understood");
        assertRefused("{\"format\":1,\"findings\":[{\"id\":7}]}", "findings/0/id: must be a text");
        assertRefused("{\"format\":1,\"findings\":[{\"id\":\"A\",\"severity\":\"bad\"}]}", "findings/0/severity");
        assertRefused("{\"format\":1} {}", "is missing");
        assertRefused("{\"x\":".repeat(300), "not JSON");
    }

    private static void assertRefused(String json, String reason) {
        assertThatThrownBy(() -> ScanReportJson.read(json.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
