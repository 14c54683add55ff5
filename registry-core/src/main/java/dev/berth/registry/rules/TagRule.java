package dev.berth.registry.rules;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.copy.TagPattern;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One rule: for which tags it is, on what condition, and what follows. Immutable; two are equal if their parts are.
 *
 * <pre>{@code
 * TagRule.immutable("releases").repositories("team/**").tags("v*").except("*-rc*").when(RuleCondition.pushedBefore(year));
 * TagRule.delete("snapshots").tags("*-SNAPSHOT").when(RuleCondition.pulledBefore(Duration.ofDays(30)));
 * }</pre>
 *
 * @param name the name of the rule, for people
 * @param effect what follows
 * @param repositories the repositories for which it is; none for all
 * @param tags the tags for which it is; none for all, and for manifests without a tag as well
 * @param except tags for which it is not, although {@code tags} matches
 * @param condition when a tag is kept or deleted; of an immutable one, when it is released
 * @since 0.1
 */
public record TagRule(
        String name,
        Effect effect,
        List<NamePattern> repositories,
        List<TagPattern> tags,
        List<TagPattern> except,
        RuleCondition condition) {
    private static final int LONGEST_NAME = 100;

    /** Checks the name and copies the lists. */
    public TagRule {
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(condition, "condition");
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException(
                    "The name of a rule is 1 to " + LONGEST_NAME + " characters on one line");
        }
        repositories = List.copyOf(repositories);
        tags = List.copyOf(tags);
        except = List.copyOf(except);
    }

    /**
     * What a rule does.
     *
     * @since 0.1
     */
    public enum Effect {
        /** The tag can neither be moved nor deleted until the condition holds. */
        IMMUTABLE,
        /** Retention keeps the tag while the condition holds, whatever other rules say. */
        KEEP,
        /** Retention deletes the tag if the condition holds, unless it is locked or kept. */
        DELETE
    }

    /** Begins a rule for tags that cannot be moved or deleted, for ever or until its condition holds. */
    public static Builder immutable(String name) {
        return new Builder(name, Effect.IMMUTABLE, RuleCondition.never());
    }

    /** Begins a rule for tags that retention keeps, always or while its condition holds. */
    public static Builder keep(String name) {
        return new Builder(name, Effect.KEEP, RuleCondition.always());
    }

    /** Begins a rule for tags that retention deletes, always or if its condition holds. */
    public static Builder delete(String name) {
        return new Builder(name, Effect.DELETE, RuleCondition.always());
    }

    /** Returns whether the rule is for this repository. */
    public boolean concerns(RepositoryName repository) {
        return repositories.isEmpty() || repositories.stream().anyMatch(pattern -> pattern.matches(repository));
    }

    /** Returns whether the rule is for this tag, or, if it is empty, for manifests without one. */
    public boolean concerns(Optional<Tag> tag) {
        if (tag.isEmpty()) {
            return tags.isEmpty() && effect != Effect.IMMUTABLE;
        }
        return (tags.isEmpty() || tags.stream().anyMatch(pattern -> pattern.matches(tag.get())))
                && except.stream().noneMatch(pattern -> pattern.matches(tag.get()));
    }

    /**
     * A builder of a rule, which {@link #when} or {@link #build} ends. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final String name;
        private final Effect effect;
        private final RuleCondition standard;
        private List<NamePattern> repositories = List.of();
        private List<TagPattern> tags = List.of();
        private List<TagPattern> except = List.of();

        private Builder(String name, Effect effect, RuleCondition standard) {
            this.name = Objects.requireNonNull(name, "name");
            this.effect = effect;
            this.standard = standard;
        }

        /**
         * Sets the repositories; all by default.
         *
         * @throws IllegalArgumentException if one is no {@link NamePattern}
         */
        public Builder repositories(String... patterns) {
            this.repositories = Stream.of(patterns).map(NamePattern::parse).toList();
            return this;
        }

        /**
         * Sets the tags; by default all, and manifests without a tag as well.
         *
         * @throws IllegalArgumentException if one is no {@link TagPattern}
         */
        public Builder tags(String... patterns) {
            this.tags = Stream.of(patterns).map(TagPattern::new).toList();
            return this;
        }

        /**
         * Sets the tags for which the rule is not; none by default.
         *
         * @throws IllegalArgumentException if one is no {@link TagPattern}
         */
        public Builder except(String... patterns) {
            this.except = Stream.of(patterns).map(TagPattern::new).toList();
            return this;
        }

        /** Returns the rule with a condition; for an immutable one, that of its release. */
        public TagRule when(RuleCondition condition) {
            return new TagRule(name, effect, repositories, tags, except, condition);
        }

        /** Returns the rule without a condition: immutable for ever, kept always, deleted always. */
        public TagRule build() {
            return when(standard);
        }
    }

    /** Says the rule in words. */
    @Override
    public String toString() {
        String what = (tags.isEmpty() ? "all" : tags.toString()) + (except.isEmpty() ? "" : " but " + except) + " in "
                + (repositories.isEmpty() ? "all repositories" : repositories.toString());
        return switch (effect) {
            case IMMUTABLE -> name + ": " + what + " immutable until " + condition;
            case KEEP -> name + ": keep " + what + " when " + condition;
            case DELETE -> name + ": delete " + what + " when " + condition;
        };
    }
}
