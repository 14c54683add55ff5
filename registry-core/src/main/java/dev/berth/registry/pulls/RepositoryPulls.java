package dev.berth.registry.pulls;

import dev.berth.registry.Digest;
import dev.berth.registry.Tag;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The pulls of a repository. Immutable.
 *
 * @param manifests by the digest of the manifest, however it was named
 * @param tags by the tag, of what was pulled by a tag
 * @param total all together, those of manifests that are gone included; empty if there were none
 * @param days by day, in UTC, of the last 400 days
 * @param tagDays by tag and day, of the last 90 days and of the tags that are pulled most, 50 at most
 * @since 0.1
 */
public record RepositoryPulls(
        Map<Digest, Pulls> manifests,
        Map<Tag, Pulls> tags,
        Optional<Pulls> total,
        DailyPulls days,
        Map<Tag, DailyPulls> tagDays) {

    /** Copies the maps. */
    public RepositoryPulls {
        manifests = Map.copyOf(manifests);
        tags = Map.copyOf(tags);
        Objects.requireNonNull(total, "total");
        Objects.requireNonNull(days, "days");
        tagDays = Map.copyOf(tagDays);
    }

    /** Returns the pulls of a manifest, or empty if it was not pulled. */
    public Optional<Pulls> of(Digest manifest) {
        return Optional.ofNullable(manifests.get(manifest));
    }

    /** Returns the pulls by a tag, or empty if there were none. */
    public Optional<Pulls> of(Tag tag) {
        return Optional.ofNullable(tags.get(tag));
    }
}
