package dev.berth.registry.mirror.replication;

import dev.berth.registry.Digest;
import java.util.Optional;

/** What is to be done about a tag, given what both sides have and had. */
enum TagDecision {
    /** Both have the same. */
    AGREE,
    /** Neither has it. */
    FORGET,
    /** The target has a tag that never was the source's. */
    NOT_OURS,
    /** The target gets it, or gets it moved. */
    CARRY,
    /** The target loses it. */
    DELETE,
    /** It was changed at both sides. */
    CONFLICT,
    /** It was changed at the target alone. */
    TARGET_CHANGED,
    /** It was changed at the source alone, in a way that the rule does not carry over. */
    NOT_CARRIED;

    /**
     * Decides.
     *
     * @param wanted what the target should have for what the source has; empty if the source does not have the tag
     * @param target what the target has
     * @param base what the target had when they last agreed; empty if they never have
     */
    static TagDecision of(
            Optional<Digest> wanted, Optional<Digest> target, Optional<Digest> base, ReplicationRule rule) {
        if (wanted.equals(target)) {
            return wanted.isPresent() ? AGREE : FORGET;
        }
        if (target.isEmpty() && !wanted.equals(base)) {
            // New, or set at the source while it was deleted at the target: as if it was deleted first, so that nothing
            // is
            // lost.
            return CARRY;
        }
        if (base.isEmpty()) {
            return wanted.isEmpty() ? NOT_OURS : CONFLICT;
        }
        if (wanted.equals(base)) {
            return rule.overwrites() ? CARRY : TARGET_CHANGED;
        }
        if (wanted.isEmpty()) {
            if (!rule.deletions()) {
                return NOT_CARRIED;
            }
            return target.equals(base) ? DELETE : CONFLICT;
        }
        if (!rule.moves()) {
            return NOT_CARRIED;
        }
        return target.equals(base) ? CARRY : CONFLICT;
    }
}
