package dev.berth.registry.scan.report;

import dev.berth.registry.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reports and findings for tests. */
public final class TestReports {
    public static final Digest IMAGE = digest("image");
    public static final Instant SCANNED = Instant.parse("2026-11-28T01:00:00Z");

    private TestReports() {}

    /** Returns the digest of a text. */
    public static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a report of a scan without gaps. */
    public static ScanReport of(Finding... findings) {
        return new ScanReport(IMAGE, "Berth 0.1", SCANNED, Optional.empty(), List.of(findings), List.of());
    }

    /** Returns a finding in a package of Debian. */
    public static Finding finding(String id, Severity severity, String name, String version, String... aliases) {
        return new Finding(
                id,
                List.of(aliases),
                name,
                version,
                Optional.of("pkg:deb/debian/" + name + "@" + version + "?distro=debian-13"),
                Optional.of("var/lib/dpkg/status"),
                Optional.of(digest("layer")),
                Optional.empty(),
                severity,
                Optional.empty(),
                "",
                List.of());
    }
}
