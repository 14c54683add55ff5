package dev.berth.registry.mirror.replication;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A tag that is not the same at both sides of a rule, and that the rule leaves as it is. Immutable.
 *
 * @param kind why
 * @param repository the repository, by its name at the source
 * @param tag the tag
 * @param wanted what the target would have if it had what the source has; empty if the source does not have the tag
 * @param target what the target has; empty if it does not have the tag
 * @param agreed what the target had when both sides last agreed; empty if they never have
 * @param since when it was first seen by this node
 * @since 0.1
 */
public record ReplicationDifference(
        Kind kind,
        RepositoryName repository,
        Tag tag,
        Optional<Digest> wanted,
        Optional<Digest> target,
        Optional<Digest> agreed,
        Instant since) {

    /**
     * Why a tag is left as it is.
     *
     * @since 0.1
     */
    public enum Kind {
        /** It was changed at both sides, or they never agreed. */
        CONFLICT,
        /** It was changed or deleted at the target alone, which a rule in the other direction would carry over. */
        TARGET_CHANGED,
        /** It was moved or deleted at the source, which the rule does not carry over. */
        NOT_CARRIED
    }

    /** Checks that all are there. */
    public ReplicationDifference {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(wanted, "wanted");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(agreed, "agreed");
        Objects.requireNonNull(since, "since");
    }

    /** Returns whether both are about the same, whenever it was seen. */
    boolean isSameAs(ReplicationDifference other) {
        return kind == other.kind
                && wanted.equals(other.wanted)
                && target.equals(other.target)
                && agreed.equals(other.agreed);
    }
}
