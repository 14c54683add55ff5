package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.ObjectKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A problem that a scrub has found. Immutable.
 *
 * @param problem what it is
 * @param key the object of the store that has the problem
 * @param digest the content that the problem is about: damaged or missing data, the part of a manifest; empty for a tag
 *     whose link is broken
 * @param description a sentence for people
 * @param affected the repositories that it concerns, at most {@value #MOST_AFFECTED}
 * @param quarantined where the damaged data is now, or empty if nothing was moved
 * @since 0.1
 */
public record ScrubFinding(
        ScrubProblem problem,
        ObjectKey key,
        Optional<Digest> digest,
        String description,
        List<AffectedRepository> affected,
        Optional<ObjectKey> quarantined) {
    /** The largest number of affected repositories. */
    public static final int MOST_AFFECTED = 20;

    /** Copies the list. */
    public ScrubFinding {
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(digest, "digest");
        description = description.replaceAll("\\p{Cntrl}", " ");
        affected = List.copyOf(affected);
        Objects.requireNonNull(quarantined, "quarantined");
    }

    /** Returns everything on one line, for logs. */
    @Override
    public String toString() {
        return description
                + (affected.isEmpty()
                        ? ""
                        : " Affected: "
                                + affected.stream()
                                        .map(AffectedRepository::toString)
                                        .collect(Collectors.joining(", ")) + ".")
                + quarantined.map(at -> " It was moved to " + at + ".").orElse("");
    }
}
