package dev.berth.registry.console.finding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.Manifest;
import dev.berth.registry.console.FindingWorld;
import dev.berth.registry.console.api.Described;
import dev.berth.registry.scan.accepted.Acceptance;
import dev.berth.registry.scan.accepted.Acceptances;
import dev.berth.registry.scan.accepted.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisplayName("The API of scans answers as it is described")
class ScanApiDescriptionTest {
    private static final String SCANS = "/api/v1/scans/";

    @TempDir
    private Path directory;

    private final Described described = new Described("scan");

    @Test
    void everyAnswerIsDescribed() throws Exception {
        try (FindingWorld world = FindingWorld.in(directory)) {
            world.advise("CVE-2026-1", "left-pad", "1.0.1", FindingWorld.CRITICAL, "It pads", "GHSA-left");
            world.advise("CVE-2026-2", "right-pad", "", FindingWorld.LOW, "It pads more");
            world.scanning();
            Manifest first = world.push("team/app", "1", FindingWorld.npm("left-pad", "1.0.0", "right-pad", "1.0.0"));
            Manifest second = world.push(
                    "team/app",
                    "2",
                    FindingWorld.debian("libc6", "2.41-12"),
                    FindingWorld.npm("left-pad", "1.0.1", "right-pad", "1.0.0"),
                    FindingWorld.broken());
            world.awaitAnyJudged();
            world.awaitAnyJudged();
            world.accept(Acceptances.of(List.of(Acceptance.of("CVE-2026-2", Status.ACCEPTED, "Never mind")
                    .withAuthor("ada")
                    .withExpiry(Instant.parse("2099-01-01T00:00:00Z")))));
            world.sign("team/app", first, FindingWorld.TRUSTED);
            world.sign("team/app", first, FindingWorld.STRANGE);
            world.attach("team/app", first, "application/spdx+json", "{".getBytes(StandardCharsets.UTF_8));
            assertThat(second.digest()).isNotEqualTo(first.digest());

            check(world, "report", "?repository=team/app&reference=1");
            check(world, "report", "?repository=team/app&reference=2");
            check(world, "repository", "?repository=team/app");
            check(world, "images", "?id=CVE-2026-1");
            check(world, "difference", "?repository=team/app&from=1&to=2");
            check(world, "difference", "?repository=team/app&from=2&to=1");
            check(world, "packages", "?repository=team/app&reference=1");
            check(world, "packages", "?repository=team/app&reference=2");
            check(world, "uses", "?name=right-pad&limit=1&version=1.0.0&type=npm");
            check(world, "signatures", "?repository=team/app&reference=1");
            check(world, "sboms", "?repository=team/app&reference=1");
            check(world, "rules", "?repository=team/app&reference=1");
            check(world, "status", "");
        }
        assertThat(described.unseen())
                .as("what only some scanners, stores and keys have")
                .isSubsetOf(
                        "BegunScan.images",
                        "BegunScan.repository",
                        "GateRules.rules.until",
                        "ImageSboms.sboms.packages",
                        "ImageSignatures.signatures.predicateType",
                        "PlatformDifference.platform",
                        "PlatformReport.platform",
                        "PlatformReport.reason",
                        "ScanStatus.problem",
                        "ScanStatus.rescan",
                        "ScanStatus.running.digest",
                        "ScanStatus.running.priority",
                        "ScanStatus.running.repository",
                        "ScanStatus.running.since",
                        "StoredReport.advisoriesAsOf");
    }

    @Test
    void everyAddressIsDescribedWithItsFields() {
        assertThat(described.addresses(SCANS))
                .containsExactly(
                        "GET /api/v1/scans/difference [from, repository, to]",
                        "GET /api/v1/scans/images [id, limit]",
                        "GET /api/v1/scans/packages [limit, page, q, reference, repository]",
                        "GET /api/v1/scans/report [reference, repository]",
                        "GET /api/v1/scans/repository [after, limit, repository]",
                        "GET /api/v1/scans/rules [reference, repository]",
                        "GET /api/v1/scans/sboms [reference, repository]",
                        "GET /api/v1/scans/signatures [reference, repository]",
                        "GET /api/v1/scans/status []",
                        "GET /api/v1/scans/uses [after, limit, name, type, version]",
                        "POST /api/v1/scans/start [reference, repository]");
    }

    private void check(FindingWorld world, String path, String query) throws Exception {
        JsonNode answer = new ObjectMapper().readTree(world.page(SCANS + path + query));
        described.check("GET", SCANS + path, 200, answer);
    }
}
