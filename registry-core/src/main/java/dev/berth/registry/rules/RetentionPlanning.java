package dev.berth.registry.rules;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Plans what goes from one repository. For one plan, and one thread. */
final class RetentionPlanning {
    private final Repository repository;
    private final RepositoryName name;
    private final Evaluation evaluation;
    private final RepositoryFacts facts;
    private final RetentionOptions options;

    RetentionPlanning(Repository repository, Evaluation evaluation, RepositoryFacts facts, RetentionOptions options) {
        this.repository = repository;
        this.name = repository.name();
        this.evaluation = evaluation;
        this.facts = facts;
        this.options = options;
    }

    void explain(Consumer<TagDecision> decisions) {
        for (Iterator<Tag> tags = tags(); tags.hasNext(); ) {
            Tag tag = tags.next();
            facts.tag(name, tag).flatMap(found -> decide(tag, found)).ifPresent(decisions);
        }
        if (facts.knowsManifests() && evaluation.deletesUntagged()) {
            Unheld untagged = new Unheld(repository, facts, manifest -> true);
            for (Iterator<Digest> manifests = facts.manifests(name); manifests.hasNext(); ) {
                Digest manifest = manifests.next();
                decideUntagged(manifest)
                        .filter(decided -> untagged.test(manifest))
                        .ifPresent(decisions);
            }
        }
    }

    RetentionPlan plan(Repository deletions) {
        Map<TagDecision.Outcome, Long> outcomes = new EnumMap<>(TagDecision.Outcome.class);
        List<TagDecision> spared = new ArrayList<>();
        PlannedTags chosen = new PlannedTags(name, options.tagsPerPlan());
        for (Iterator<Tag> tags = evaluation.deletes() ? tags() : Collections.emptyIterator(); tags.hasNext(); ) {
            Tag tag = tags.next();
            Optional<RepositoryFacts.SetTag> found = facts.tag(name, tag);
            Optional<TagDecision> decision = found.flatMap(set -> decide(tag, set));
            if (decision.isPresent()) {
                outcomes.merge(decision.get().outcome(), 1L, Long::sum);
                switch (decision.get().outcome()) {
                    case DELETED ->
                        chosen.add(tag, found.orElseThrow(), decision.get().reason());
                    case LOCKED, KEPT -> {
                        if (spared.size() < options.tagsPerPlan()) {
                            spared.add(decision.get());
                        }
                    }
                    case LEFT -> {
                        // Counted.
                    }
                }
            }
        }
        ImageSweep sweep = new ImageSweep(repository, facts, chosen, options.manifestsPerPlan());
        if (facts.knowsManifests()) {
            chosen.retain(tag -> sweep.add(tag.found().manifest(), "no tag names it any more"));
            if (evaluation.deletesUntagged() && chosen.complete()) {
                addUntagged(sweep, chosen);
            }
        }
        return new RetentionPlan(deletions, facts, outcomes, chosen, sweep.gone(), spared);
    }

    private Iterator<Tag> tags() {
        try {
            Iterator<Tag> tags = repository.tags().list().iterator();
            return tags.hasNext() ? tags : Collections.emptyIterator();
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.NAME_UNKNOWN) {
                return Collections.emptyIterator();
            }
            throw e;
        }
    }

    /** Decides about a tag; about none that is a part of an image. */
    private Optional<TagDecision> decide(Tag tag, RepositoryFacts.SetTag found) {
        Optional<Digest> image = AttachedTags.image(tag);
        if (image.isEmpty()) {
            return Optional.of(evaluation.decide(Candidate.of(tag, found)));
        }
        if (!facts.knowsManifests() || facts.pushedAt(name, image.get()).isPresent()) {
            return Optional.empty();
        }
        TagDecision decision = decideUntagged(found.manifest(), found.setAt());
        return Optional.of(new TagDecision(
                name,
                Optional.of(tag),
                decision.manifest(),
                decision.outcome(),
                decision.rule(),
                "the image that it belongs to is not there, and " + decision.reason()));
    }

    private TagDecision decideUntagged(Digest manifest, Optional<Instant> pushedAt) {
        TagDecision decision = evaluation.decide(Candidate.untagged(manifest, pushedAt));
        boolean young = pushedAt.isEmpty()
                || Ages.reached(pushedAt.get(), options.untaggedGrace()).isAfter(evaluation.now());
        if (decision.outcome() != TagDecision.Outcome.DELETED || !young) {
            return decision;
        }
        return new TagDecision(
                name,
                Optional.empty(),
                manifest,
                TagDecision.Outcome.LEFT,
                Optional.empty(),
                "it was pushed less than " + Ages.text(options.untaggedGrace()) + " ago, and may be tagged yet");
    }

    private void addUntagged(ImageSweep sweep, PlannedTags chosen) {
        Unheld unheld = new Unheld(repository, facts, this::goes);
        for (Iterator<Digest> manifests = facts.manifests(name); manifests.hasNext(); ) {
            Digest manifest = manifests.next();
            Optional<TagDecision> decision = deletedUntagged(manifest);
            if (decision.isPresent() && unheld.test(manifest)) {
                if (!chosen.hasRoom() || !sweep.add(manifest, decision.get().reason())) {
                    chosen.setIncomplete();
                    return;
                }
                chosen.addUntagged();
            }
        }
    }

    /** Returns whether a manifest goes by the rules if nothing holds it. */
    private boolean goes(Digest manifest) {
        return deletedUntagged(manifest).isPresent();
    }

    private Optional<TagDecision> deletedUntagged(Digest manifest) {
        return decideUntagged(manifest).filter(decided -> decided.outcome() == TagDecision.Outcome.DELETED);
    }

    /** Decides about a manifest as if no tag named it, or returns empty if the repository does not have it. */
    private Optional<TagDecision> decideUntagged(Digest manifest) {
        return facts.pushedAt(name, manifest).map(pushedAt -> decideUntagged(manifest, Optional.of(pushedAt)));
    }
}
