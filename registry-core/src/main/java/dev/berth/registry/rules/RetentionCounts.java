package dev.berth.registry.rules;

import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Counts what a run does. For one thread. */
final class RetentionCounts {
    private static final int MOST_FAILURES = 100;

    private final List<String> failures = new ArrayList<>();
    private long repositories;
    private long locked;
    private long kept;
    private long other;
    private long tags;
    private long manifests;
    private long left;

    void addRepository(RetentionPlan plan) {
        repositories++;
        locked += plan.lockedTags();
        kept += plan.keptTags();
        other += plan.otherTags();
    }

    void addFailure(RepositoryName repository, RegistryException failure) {
        if (failures.size() < MOST_FAILURES) {
            failures.add(repository + ": " + failure.getMessage());
        }
    }

    void add(RetentionStep step, Consumer<RetentionStep> listener) {
        switch (step.result()) {
            case PLANNED, DELETED -> {
                if (step.deletion().tag().isPresent()) {
                    tags++;
                } else {
                    manifests++;
                }
            }
            case LEFT -> left++;
            case GONE -> {
                // Neither this run nor anything to worry about.
            }
        }
        listener.accept(step);
    }

    long deleted() {
        return tags + manifests;
    }

    RetentionReport report() {
        return new RetentionReport(repositories, locked, kept, other, tags, manifests, left, failures);
    }
}
