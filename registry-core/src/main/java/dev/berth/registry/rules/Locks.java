package dev.berth.registry.rules;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is locked in one repository. */
final class Locks {
    /** How often a change is tried again because others make changes at the same time. */
    static final int ATTEMPTS = 10;

    /** How many indexes around a manifest are looked at. */
    private static final int MOST_INDEXES = 1_000;

    private final Registry registry;
    private final RepositoryName repository;
    private final TagRules rules;
    private final RuleContext context;

    /**
     * Looks at nothing yet.
     *
     * @param rules rules that lock, for this repository
     */
    Locks(Registry registry, RepositoryName repository, TagRules rules, RuleContext context) {
        this.registry = registry;
        this.repository = repository;
        this.rules = rules;
        this.context = context;
    }

    RepositoryName repository() {
        return repository;
    }

    RepositoryFacts facts() {
        return context.facts();
    }

    /** Returns whether a rule may lock a tag. */
    boolean concern(Tag tag) {
        return AttachedTags.image(tag).isEmpty()
                && rules.rules().stream().anyMatch(rule -> rule.concerns(Optional.of(tag)));
    }

    /**
     * Returns the condition on which a tag may be set: that it still is as it was seen.
     *
     * @throws RegistryException with {@link ErrorCode#DENIED} if it may not
     */
    TagCondition conditionOfPut(Tag tag, Digest target) {
        Optional<Digest> current = target(tag);
        if (current.isEmpty()) {
            return TagCondition.absent();
        }
        if (!current.get().equals(target)) {
            requireReleased(tag, current.get(), "moved");
        }
        return TagCondition.currently(current.get());
    }

    /** Returns the manifest that a tag names. */
    Optional<Digest> target(Tag tag) {
        return registry.repository(repository).tags().resolve(tag).map(Descriptor::digest);
    }

    /**
     * Checks that a tag may be deleted, or set to another manifest.
     *
     * @param manifest the manifest that it names
     * @param participle what would be done to the tag
     * @throws RegistryException with {@link ErrorCode#DENIED} if it may not
     */
    void requireReleased(Tag tag, Digest manifest, String participle) {
        Optional<Digest> image = AttachedTags.image(tag);
        if (image.isPresent()) {
            requireUnlocked(
                    image.get(),
                    () -> "The tag " + repository + ":" + tag + " belongs to an image that is locked, and was not "
                            + participle + ". ");
            return;
        }
        if (concern(tag)) {
            lock(evaluation(), tag, manifest).ifPresent(locked -> {
                throw denied("", tag, locked, participle);
            });
        }
    }

    private Evaluation evaluation() {
        return new Evaluation(registry, repository, rules, context);
    }

    private Optional<TagDecision> lock(Evaluation evaluation, Tag tag, Digest manifest) {
        Optional<RepositoryFacts.SetTag> found = context.facts()
                .tag(repository, tag)
                // If it was moved meanwhile, the change fails because of its condition.
                .filter(set -> set.manifest().equals(manifest));
        Candidate candidate = new Candidate(Optional.of(tag), manifest, found.flatMap(RepositoryFacts.SetTag::setAt));
        return evaluation.lock(candidate);
    }

    /** The beginning of a refusal. */
    interface Beginning {
        String text();
    }

    /**
     * Checks that no locked tag names a manifest, or an index that it is a part of.
     *
     * @throws RegistryException with {@link ErrorCode#DENIED} if one does
     */
    void requireUnlocked(Digest manifest, Beginning beginning) {
        requireUnlocked(manifest, beginning, evaluation(), new HashSet<>());
    }

    private void requireUnlocked(Digest manifest, Beginning beginning, Evaluation evaluation, Set<Digest> seen) {
        if (!seen.add(manifest)) {
            return;
        }
        if (seen.size() > MOST_INDEXES) {
            throw RegistryException.of(
                    ErrorCode.DENIED,
                    beginning.text() + "It is a part of so many indexes that it cannot be told whether one is locked;"
                            + " delete indexes first");
        }
        for (Iterator<Tag> tags = context.facts().tagsOf(repository, manifest); tags.hasNext(); ) {
            Tag tag = tags.next();
            if (concern(tag)) {
                lock(evaluation, tag, manifest).ifPresent(locked -> {
                    throw denied(beginning.text(), tag, locked, "deleted");
                });
            } else {
                AttachedTags.image(tag).ifPresent(image -> requireUnlocked(image, beginning, evaluation, seen));
            }
        }
        if (context.facts().knowsManifests()) {
            for (Iterator<Digest> indexes = context.facts().indexesOf(repository, manifest); indexes.hasNext(); ) {
                requireUnlocked(indexes.next(), beginning, evaluation, seen);
            }
        }
    }

    private RegistryException denied(String beginning, Tag tag, TagDecision locked, String participle) {
        String name = repository + ":" + tag;
        return RegistryException.builder(new RegistryError(
                        ErrorCode.DENIED,
                        beginning + "The tag " + name + " was not " + participle + ": " + locked.reason()
                                + "; use another tag, or change the rule",
                        Map.of(
                                "name", repository.value(),
                                "tag", tag.value(),
                                "rule", locked.rule().orElse(""))))
                .withoutStackTrace()
                .build();
    }

    /** Returns the failure for a change that others prevented again and again. */
    RegistryException busy(String what) {
        return RegistryException.of(
                ErrorCode.UNAVAILABLE,
                "Could not " + what + ": other requests changed the same tags " + ATTEMPTS
                        + " times meanwhile; repeat it");
    }
}
