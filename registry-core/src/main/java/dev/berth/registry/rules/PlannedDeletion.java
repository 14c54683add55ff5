package dev.berth.registry.rules;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.Objects;
import java.util.Optional;

/**
 * A tag or a manifest that a {@link RetentionPlan} deletes.
 *
 * @param repository its repository
 * @param tag the tag; empty for a manifest
 * @param manifest the manifest that the tag names, or that is deleted
 * @param reason why, for people
 * @since 0.1
 */
public record PlannedDeletion(RepositoryName repository, Optional<Tag> tag, Digest manifest, String reason) {

    /** Checks that the parts are there. */
    public PlannedDeletion {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(reason, "reason");
    }

    /** Returns the tag or the manifest with its repository. */
    public String name() {
        return repository + tag.map(found -> ":" + found).orElse("@" + manifest);
    }

    /** Says it in words. */
    @Override
    public String toString() {
        return name() + ": " + reason;
    }
}
