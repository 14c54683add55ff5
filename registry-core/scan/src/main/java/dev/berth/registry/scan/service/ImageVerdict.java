package dev.berth.registry.scan.service;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.Verdict;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of an image with all its platforms. Immutable.
 *
 * @param digest the digest of the manifest, or of the index
 * @param platforms the images, in the order of the index; one if it is no index
 * @since 0.1
 */
public record ImageVerdict(Digest digest, List<PlatformVerdict> platforms) {

    /** Copies the list. */
    public ImageVerdict {
        Objects.requireNonNull(digest, "digest");
        platforms = List.copyOf(platforms);
    }

    /**
     * Returns how far the scan of all is: the least of what holds for one of them, from {@code UNSCANNED} over
     * {@code PENDING}, {@code FAILED} and {@code SCANNED} to {@code UNSCANNABLE}. Of an index without images it is
     * {@code UNSCANNABLE}.
     */
    public Verdict.State state() {
        List<Verdict.State> order =
                List.of(Verdict.State.UNSCANNED, Verdict.State.PENDING, Verdict.State.FAILED, Verdict.State.SCANNED);
        for (Verdict.State state : order) {
            if (platforms.stream().anyMatch(platform -> platform.verdict().state() == state)) {
                return state;
            }
        }
        return Verdict.State.UNSCANNABLE;
    }

    /** Returns how many findings that count there are of each severity; what several platforms have in the same package counts once. */
    public Map<Severity, Integer> counts() {
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            counts.put(severity, 0);
        }
        Set<List<String>> seen = new HashSet<>();
        for (PlatformVerdict platform : platforms) {
            for (Finding finding : platform.open()) {
                if (seen.add(List.of(finding.id(), finding.packageName(), finding.version()))) {
                    counts.merge(finding.severity(), 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    /** Returns the verdict about an image for a platform, if it has one. */
    public Optional<PlatformVerdict> of(Digest image) {
        return platforms.stream()
                .filter(platform -> platform.image().equals(image))
                .findFirst();
    }
}
