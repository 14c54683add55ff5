package dev.berth.registry.rules;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.Objects;
import java.util.Optional;

/**
 * What the rules decide about a tag, or about a manifest without one, and why.
 *
 * @param repository its repository
 * @param tag the tag; empty for a manifest without one
 * @param manifest the manifest that it names
 * @param outcome what was decided
 * @param rule the name of the rule that decided; empty if none did
 * @param reason why, for people
 * @since 0.1
 */
public record TagDecision(
        RepositoryName repository,
        Optional<Tag> tag,
        Digest manifest,
        Outcome outcome,
        Optional<String> rule,
        String reason) {

    /** Checks that the parts are there. */
    public TagDecision {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * What is decided.
     *
     * @since 0.1
     */
    public enum Outcome {
        /** It cannot be moved or deleted, so it stays. */
        LOCKED,
        /** A rule keeps it. */
        KEPT,
        /** A rule deletes it, and no other keeps it. */
        DELETED,
        /** No rule says anything about it, so it stays. */
        LEFT
    }

    TagDecision withNote(String note) {
        return new TagDecision(repository, tag, manifest, outcome, rule, reason + note);
    }

    /** Says the decision in words. */
    @Override
    public String toString() {
        return repository + tag.map(name -> ":" + name).orElse("@" + manifest) + " " + outcome + ": " + reason;
    }
}
