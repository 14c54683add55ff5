package dev.berth.registry;

import java.util.Objects;
import java.util.Optional;

/**
 * A filter for listings of referrers.
 *
 * @param artifactType the artifact type of the referrers to list; empty for all referrers
 * @since 0.1
 */
public record ReferrerFilter(Optional<String> artifactType) {

    /** Checks that the optional is not null. */
    public ReferrerFilter {
        Objects.requireNonNull(artifactType, "artifactType");
    }

    /** Returns the filter that accepts all referrers. */
    public static ReferrerFilter all() {
        return new ReferrerFilter(Optional.empty());
    }

    /** Returns the filter that accepts referrers of this artifact type. */
    public static ReferrerFilter ofArtifactType(String artifactType) {
        return new ReferrerFilter(Optional.of(artifactType));
    }

    /** Returns whether the filter accepts a referrer. */
    public boolean accepts(Descriptor referrer) {
        return artifactType.isEmpty() || artifactType.equals(referrer.artifactType());
    }
}
