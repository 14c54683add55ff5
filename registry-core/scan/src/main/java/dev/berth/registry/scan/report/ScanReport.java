package dev.berth.registry.scan.report;

import dev.berth.registry.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a scanner found in an image for one platform. Immutable.
 *
 * @param image the digest of the manifest
 * @param scanner who found it: name and version
 * @param scannedAt when
 * @param advisoriesAsOf how new the newest advisory was that the scanner knew; empty if it does not say
 * @param findings what it found, the worst first
 * @param gaps why something in the image may not have been found: sentences for people; empty if all was read
 * @since 0.1
 */
public record ScanReport(
        Digest image,
        String scanner,
        Instant scannedAt,
        Optional<Instant> advisoriesAsOf,
        List<Finding> findings,
        List<String> gaps) {

    /** Sorts and copies the lists. */
    public ScanReport {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(scanner, "scanner");
        Objects.requireNonNull(scannedAt, "scannedAt");
        Objects.requireNonNull(advisoriesAsOf, "advisoriesAsOf");
        findings = findings.stream().sorted().toList();
        gaps = List.copyOf(gaps);
    }

    /** Returns how bad the worst finding is; empty if there is none. */
    public Optional<Severity> worst() {
        return findings.isEmpty()
                ? Optional.empty()
                : Optional.of(findings.get(0).severity());
    }

    /** Returns whether everything in the image was read. */
    public boolean isComplete() {
        return gaps.isEmpty();
    }
}
