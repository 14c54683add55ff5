package dev.berth.registry;

import java.util.Objects;

/**
 * What must hold of a tag at the instant at which it is written. Kept atomically, or the write fails.
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
     * The tag must name this manifest.
     *
     * @since 0.1
     */
    record Currently(Digest digest) implements TagCondition {
        /** Checks that there is a digest. */
        public Currently {
            Objects.requireNonNull(digest, "digest");
        }
    }

    /** Whatever the tag names now, if anything. */
    static TagCondition any() {
        return new Any();
    }

    /** Only if there is no such tag. */
    static TagCondition absent() {
        return new Absent();
    }

    /** Only if the tag names this manifest. */
    static TagCondition currently(Digest digest) {
        return new Currently(digest);
    }
}
