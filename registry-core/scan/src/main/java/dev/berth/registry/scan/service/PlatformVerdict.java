package dev.berth.registry.scan.service;

import dev.berth.registry.Digest;
import dev.berth.registry.Platform;
import dev.berth.registry.scan.accepted.AcceptedFinding;
import dev.berth.registry.scan.accepted.JudgedReport;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of an image for one platform. Immutable.
 *
 * @param platform the platform, as the index says; empty of an image that is in no index, or has none there
 * @param image the digest of its manifest
 * @param verdict what is known
 * @param judged its report, divided by the allow-list; empty if there is none
 * @since 0.1
 */
public record PlatformVerdict(
        Optional<Platform> platform, Digest image, Verdict verdict, Optional<JudgedReport> judged) {

    /** Checks that the parts are there. */
    public PlatformVerdict {
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(judged, "judged");
    }

    /** Returns the findings that count, the worst first. */
    public List<Finding> open() {
        return judged.map(JudgedReport::open).orElse(List.of());
    }

    /** Returns the findings that are accepted, in the same order. */
    public List<AcceptedFinding> accepted() {
        return judged.map(JudgedReport::accepted).orElse(List.of());
    }
}
