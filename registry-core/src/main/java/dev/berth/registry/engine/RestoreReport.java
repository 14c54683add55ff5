package dev.berth.registry.engine;

import java.util.List;

/**
 * What was restored from the {@link Trash}.
 *
 * @param manifests the number of manifests that are there again
 * @param tags the number of tags that are there again
 * @param problems what could not be restored, and why, for people: the first 100
 * @param furtherProblems how many there are beyond these
 * @since 0.1
 */
public record RestoreReport(long manifests, long tags, List<String> problems, long furtherProblems) {

    /** Copies the problems. */
    public RestoreReport {
        problems = List.copyOf(problems);
    }

    /** Returns whether everything was restored. */
    public boolean complete() {
        return problems.isEmpty();
    }
}
