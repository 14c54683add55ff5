package dev.berth.registry.mirror.replication;

import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RepositoryName;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that could not be carried over. Immutable.
 *
 * @param repository the repository, by its name at the source
 * @param what the tag, or the digest of what refers to an image; empty if the repository could not be compared
 * @param reason what the registry or the store said; contains no secret
 * @param when the time of the last attempt
 * @param attempts how many attempts have failed in a row
 * @param again when it is tried again; empty if that is for the next comparison
 * @since 0.1
 */
public record ReplicationFailure(
        RepositoryName repository,
        Optional<ManifestSelector> what,
        String reason,
        Instant when,
        int attempts,
        Optional<Instant> again) {

    /** Checks that all are there. */
    public ReplicationFailure {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(when, "when");
        Objects.requireNonNull(again, "again");
    }
}
