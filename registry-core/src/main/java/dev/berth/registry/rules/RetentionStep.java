package dev.berth.registry.rules;

import java.util.Objects;

/**
 * What became of a {@link PlannedDeletion}.
 *
 * @param deletion what was planned
 * @param result what became of it
 * @param detail why it was left; empty otherwise
 * @since 0.1
 */
public record RetentionStep(PlannedDeletion deletion, Result result, String detail) {

    /** Checks that the parts are there. */
    public RetentionStep {
        Objects.requireNonNull(deletion, "deletion");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(detail, "detail");
    }

    /**
     * What became of it.
     *
     * @since 0.1
     */
    public enum Result {
        /** It was only planned: a dry run. */
        PLANNED,
        /** It was deleted. */
        DELETED,
        /** It was gone already. */
        GONE,
        /** It was left as it is, since it is not as it was planned. */
        LEFT
    }

    /** Says it in words. */
    @Override
    public String toString() {
        return result + " " + deletion + (detail.isEmpty() ? "" : "; " + detail);
    }
}
