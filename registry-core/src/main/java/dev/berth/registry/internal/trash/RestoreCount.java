package dev.berth.registry.internal.trash;

import dev.berth.registry.RegistryException;
import java.util.ArrayList;
import java.util.List;

/** Counts what is restored. For one thread. */
public final class RestoreCount {
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

    /** Returns the number of manifests that are there again. */
    public long manifests() {
        return manifests;
    }

    /** Returns the number of tags that are there again. */
    public long tags() {
        return tags;
    }

    /** Returns what could not be restored, and why: the first of it. */
    public List<String> problems() {
        return problems;
    }

    /** Returns how many problems there are beyond these. */
    public long furtherProblems() {
        return furtherProblems;
    }
}
