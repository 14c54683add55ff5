package dev.berth.registry.scan.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A finding is known since a scan of the image first had it")
class KnownSinceTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Finding OLD = TestScanner.finding("CVE-2026-1", Severity.HIGH, "openssl");
    private static final Finding NEW = TestScanner.finding("CVE-2026-2", Severity.HIGH, "zlib");

    private final ScanWorld world = new ScanWorld();
    private final ScanWorld.Node node = world.node();
    private final Manifest image = node.push(APP.value(), "1");

    private ScanReport scan(Finding... findings) {
        world.scanner.findings.put(image.digest(), List.of(findings));
        node.scans.scan(world.registry.repository(APP), image.digest());
        world.run();
        return node.verdict(APP.value(), image).report().orElseThrow();
    }

    private Optional<Instant> since(ScanReport report, Finding finding) {
        return node.scans.knownSince(APP, report, finding);
    }

    @Test
    void laterScansDoNotChangeThat() {
        Instant first = scan(OLD).scannedAt();
        world.clock.advance(Duration.ofDays(3));
        ScanReport later = scan(OLD, NEW);

        assertThat(since(later, OLD)).contains(first);
        assertThat(since(later, NEW)).contains(later.scannedAt());
    }

    @Test
    void aNodeThatStartsLaterKnowsIt() {
        Instant first = scan(OLD).scannedAt();
        world.clock.advance(Duration.ofDays(3));
        ScanReport later = scan(OLD);

        assertThat(world.node().scans.knownSince(APP, later, OLD)).contains(first);
    }

    @Test
    void anotherNameMakesItNoOtherFinding() {
        Instant first =
                scan(TestScanner.finding("GHSA-x", Severity.HIGH, "openssl")).scannedAt();
        world.clock.advance(Duration.ofDays(3));
        Finding named = TestScanner.finding("CVE-2026-1", Severity.HIGH, "openssl", "GHSA-x");

        assertThat(since(scan(named), named)).contains(first);
    }

    @Test
    void whatWasGoneBeginsAnew() {
        scan(OLD);
        world.clock.advance(Duration.ofDays(3));
        scan();
        world.clock.advance(Duration.ofDays(3));
        ScanReport again = scan(OLD);

        assertThat(since(again, OLD)).contains(again.scannedAt());
    }

    @Test
    void nothingIsLeftOfAnImageThatIsDeleted() {
        scan(OLD);
        assertThat(world.names("_berth/scan/since/")).hasSize(1);

        node.repository(APP.value()).manifests().delete(image.digest());
        world.run();

        assertThat(world.names("_berth/scan/since/")).isEmpty();
    }

    @Test
    void damagedLinesCountAsNone() {
        FirstFound read =
                FirstFound.parse("x CVE-1\n12 CVE-2\n99999999999999 CVE-3\n\n 5\n".getBytes(StandardCharsets.UTF_8));

        assertThat(read.times()).containsOnlyKeys("CVE-2");
        assertThat(FirstFound.parse(read.toBytes())).isEqualTo(read);
    }
}
