package dev.berth.registry.copy;

import java.util.List;
import java.util.Objects;

/**
 * What synchronising a repository would do: made by {@link ImageCopier#plan}, done by {@link ImageCopier#execute}.
 * Immutable; prints as text for people.
 *
 * @param source from where
 * @param target to where
 * @param options how
 * @param steps what is to be done: additions and moves of images, then of cosign's signatures, then deletions, each in
 *     the order of the tags
 * @param unchanged how many tags need nothing
 * @param failures tags that the source lists but that cannot be copied; they are not deleted at the target either
 * @since 0.1
 */
public record SyncPlan(
        RepositoryLocation source,
        RepositoryLocation target,
        SyncOptions options,
        List<SyncStep> steps,
        int unchanged,
        List<SyncFailure> failures) {

    /** Copies the lists. */
    public SyncPlan {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(options, "options");
        steps = List.copyOf(steps);
        failures = List.copyOf(failures);
    }

    /** Prints the plan, a line for each step. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Synchronise " + source + " to " + target + "\n");
        steps.forEach(step -> text.append("  ").append(step).append('\n'));
        failures.forEach(
                failure -> text.append("  cannot copy ").append(failure).append('\n'));
        return text.append("  unchanged: ").append(unchanged).append('\n').toString();
    }
}
