package dev.berth.registry.rules;

import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What {@link Retention} deletes from one repository, and why. Immutable, and thread-safe.
 *
 * @since 0.1
 */
public final class RetentionPlan {
    private final Repository deletions;
    private final RepositoryFacts facts;
    private final Map<TagDecision.Outcome, Long> outcomes;
    private final PlannedTags tags;
    private final List<SweptImage> images;
    private final List<TagDecision> spared;

    RetentionPlan(
            Repository deletions,
            RepositoryFacts facts,
            Map<TagDecision.Outcome, Long> outcomes,
            PlannedTags tags,
            List<SweptImage> images,
            List<TagDecision> spared) {
        this.deletions = deletions;
        this.facts = facts;
        this.outcomes = Map.copyOf(outcomes);
        this.tags = tags;
        this.images = List.copyOf(images);
        this.spared = List.copyOf(spared);
    }

    /** Returns the repository. */
    public RepositoryName repository() {
        return deletions.name();
    }

    /** Returns the tags that go, in the order of their names. Tags that go with their image are among {@link #steps}. */
    public List<PlannedDeletion> tags() {
        return tags.list().stream().map(tags::deletion).toList();
    }

    /** Returns the manifests that go, each after what holds it. */
    public List<PlannedDeletion> manifests() {
        return images.stream().map(this::deletion).toList();
    }

    /** Returns everything that goes, in the order in which it does: as {@link #execute} would tell. */
    public List<RetentionStep> steps() {
        List<PlannedDeletion> all = new ArrayList<>(tags());
        for (SweptImage image : images) {
            all.add(deletion(image));
            image.attached().forEach((tag, found) -> {
                if (!tags.contains(tag)) {
                    all.add(RetentionExecution.attached(repository(), image, tag, found));
                }
            });
        }
        return all.stream()
                .map(planned -> new RetentionStep(planned, RetentionStep.Result.PLANNED, ""))
                .toList();
    }

    private PlannedDeletion deletion(SweptImage image) {
        return new PlannedDeletion(repository(), Optional.empty(), image.digest(), image.reason());
    }

    /** Returns whether this is all that goes: if not, there was no room for more, and another plan tells the rest. */
    public boolean complete() {
        return tags.complete();
    }

    /**
     * Returns the tags that stay since they are locked or a rule keeps them, each with the reason: no more than a plan deletes
     * ({@link RetentionOptions.Builder#tagsPerPlan}).
     */
    public List<TagDecision> spared() {
        return spared;
    }

    /** Returns how many tags stay since they are locked. */
    public long lockedTags() {
        return outcomes.getOrDefault(TagDecision.Outcome.LOCKED, 0L);
    }

    /** Returns how many tags a rule keeps. */
    public long keptTags() {
        return outcomes.getOrDefault(TagDecision.Outcome.KEPT, 0L);
    }

    /** Returns how many tags no rule deletes. */
    public long otherTags() {
        return outcomes.getOrDefault(TagDecision.Outcome.LEFT, 0L);
    }

    /**
     * Deletes what still is as it was planned. What was set, pushed or locked meanwhile is left, and so is what it holds.
     *
     * @param listener is called with each tag and manifest, in the calling thread
     * @throws dev.berth.registry.RegistryException if the registry fails; what was deleted until then remains deleted
     */
    public void execute(Consumer<RetentionStep> listener) {
        new RetentionExecution(deletions, facts, listener).run(tags, images);
    }

    /** Says the plan in words: a line for each tag and manifest that goes, and for each of {@link #spared}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        steps().forEach(step -> text.append(step).append('\n'));
        spared.forEach(decision -> text.append(decision).append('\n'));
        return text.toString();
    }
}
