package dev.berth.registry.rules;

import java.util.List;

/**
 * What a run of {@link Retention} did.
 *
 * @param repositories how many repositories were looked at
 * @param lockedTags how many tags were kept since they are locked
 * @param keptTags how many tags were kept by a rule
 * @param otherTags how many tags no rule deletes
 * @param deletedTags how many tags were deleted, or would be in a dry run; those that were attached to images included
 * @param deletedManifests how many manifests were deleted, or would be in a dry run
 * @param left how many tags and manifests were left, since they were not as planned any more
 * @param failures the repositories that could not be completed, each with the reason; the first 100
 * @since 0.1
 */
public record RetentionReport(
        long repositories,
        long lockedTags,
        long keptTags,
        long otherTags,
        long deletedTags,
        long deletedManifests,
        long left,
        List<String> failures) {

    /** Copies the list. */
    public RetentionReport {
        failures = List.copyOf(failures);
    }

    /** Says it in words. */
    @Override
    public String toString() {
        return "repositories: " + repositories + "; tags: " + lockedTags + " locked, " + keptTags + " kept by a rule, "
                + otherTags + " that no rule deletes, " + deletedTags + " deleted; manifests: " + deletedManifests
                + " deleted; left since they changed meanwhile: " + left + "; failures: " + failures.size();
    }
}
