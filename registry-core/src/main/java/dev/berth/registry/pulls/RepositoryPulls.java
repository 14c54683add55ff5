package dev.berth.registry.pulls;

import dev.berth.registry.Digest;
import dev.berth.registry.Tag;
import java.util.Map;
import java.util.Optional;

/**
 * The pulls of a repository. Immutable.
 *
 * @param manifests by the digest of the manifest, however it was named
 * @param tags by the tag, of what was pulled by a tag
 * @since 0.1
 */
public record RepositoryPulls(Map<Digest, Pulls> manifests, Map<Tag, Pulls> tags) {

    /** Copies the maps. */
    public RepositoryPulls {
        manifests = Map.copyOf(manifests);
        tags = Map.copyOf(tags);
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
