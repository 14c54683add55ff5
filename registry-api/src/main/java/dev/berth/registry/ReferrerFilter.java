package dev.berth.registry;

import java.util.Objects;
import java.util.Optional;

/**
 * Which referrers to list.
 *
 * @param artifactType only those of this artifact type; empty for all
 * @since 0.1
 */
public record ReferrerFilter(Optional<String> artifactType) {

    /** Checks that the optional itself is there. */
    public ReferrerFilter {
        Objects.requireNonNull(artifactType, "artifactType");
    }

    /** All referrers. */
    public static ReferrerFilter all() {
        return new ReferrerFilter(Optional.empty());
    }

    /** Only the referrers of this artifact type. */
    public static ReferrerFilter ofArtifactType(String artifactType) {
        return new ReferrerFilter(Optional.of(artifactType));
    }

    /** Returns whether a referrer passes. */
    public boolean accepts(Descriptor referrer) {
        return artifactType.isEmpty() || artifactType.equals(referrer.artifactType());
    }
}
