package dev.berth.registry.engine;

import dev.berth.registry.RegistryException;
import java.util.ArrayList;
import java.util.List;

/** Counts what is restored. For one thread. */
final class RestoreCount {
    private static final int MOST_PROBLEMS = 100;

    private final List<String> problems = new ArrayList<>();
    private long manifests;
    private long tags;
    private long furtherProblems;

    void manifest() {
        manifests++;
    }

    void tag() {
        tags++;
    }

    void problem(String what, RegistryException e) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(what + ": " + e.getMessage());
        } else {
            furtherProblems++;
        }
    }

    RestoreReport report() {
        return new RestoreReport(manifests, tags, problems, furtherProblems);
    }
}
