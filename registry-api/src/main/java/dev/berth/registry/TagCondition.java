package dev.berth.registry;

import java.util.Objects;

/**
 * A condition on a tag at the time at which it is set. Condition and write are atomic: if the condition does not hold,
 * the write fails.
 *
 * @since 0.1
 */
public sealed interface TagCondition {

    /**
     * No condition.
     *
     * @since 0.1
     */
    record Any() implements TagCondition {}

    /**
     * The tag must not exist.
     *
     * @since 0.1
     */
    record Absent() implements TagCondition {}

    /**
     * The tag must point to this manifest.
     *
     * @since 0.1
     */
    record Currently(Digest digest) implements TagCondition {
        /** Checks that the digest is not null. */
        public Currently {
            Objects.requireNonNull(digest, "digest");
        }
    }

    /** Returns the condition that always holds. */
    static TagCondition any() {
        return new Any();
    }

    /** Returns the condition that the tag does not exist. */
    static TagCondition absent() {
        return new Absent();
    }

    /** Returns the condition that the tag points to this manifest. */
    static TagCondition currently(Digest digest) {
        return new Currently(digest);
    }
}
