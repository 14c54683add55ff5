package dev.berth.registry.rules;

import dev.berth.registry.RepositoryName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rules for tags: one value that {@link Immutable} enforces and {@link Retention} carries out. Immutable; two are equal if
 * they have the same rules in the same order. The order has no meaning but that an explanation names the first rule that
 * decides.
 *
 * <p>A tag that an immutable rule locks stays. Once it is released, it is as any other: retention and immutability never
 * block each other. What is kept by a rule stays, whatever is deleted by others. What no rule deletes stays.
 *
 * <p>Tags that cosign and clients without the referrers API make beside an image ({@code sha256-<hex>.sig}, {@code .att},
 * {@code .sbom} and {@code sha256-<hex>}) are a part of that image. No rule chooses them or counts them, and they go with it.
 * They can be moved, since adding a signature does so, but cannot be deleted while the image is locked. If the image is not
 * there, they go by the rules for manifests without a tag.
 *
 * @since 0.1
 */
public final class TagRules {
    private static final int MOST_RULES = 1_000;
    private static final int MOST_CONDITIONS = 100;
    private static final TagRules NONE = new TagRules(List.of());

    private final List<TagRule> rules;

    private TagRules(List<TagRule> rules) {
        this.rules = List.copyOf(rules);
    }

    private TagRules checked() {
        if (rules.size() > MOST_RULES) {
            throw new IllegalArgumentException("There are " + rules.size() + " rules; at most " + MOST_RULES);
        }
        Set<String> names = new HashSet<>();
        for (TagRule rule : rules) {
            if (!names.add(rule.name())) {
                throw new IllegalArgumentException("There are two rules '" + rule.name() + "'; rename one");
            }
            long conditions = parts(rule.condition()).limit(MOST_CONDITIONS + 1).count();
            if (conditions > MOST_CONDITIONS) {
                throw new IllegalArgumentException(
                        "The rule '" + rule.name() + "' has more than " + MOST_CONDITIONS + " conditions");
            }
        }
        return this;
    }

    /** Returns the value without rules: nothing is locked, and everything stays. */
    public static TagRules none() {
        return NONE;
    }

    /**
     * Returns rules.
     *
     * @throws IllegalArgumentException if two have the same name, or there are more than 1,000, or more than 100 conditions
     *     in one
     */
    public static TagRules of(TagRule... rules) {
        return of(List.of(rules));
    }

    /**
     * Returns rules.
     *
     * @throws IllegalArgumentException if two have the same name, or there are more than 1,000, or more than 100 conditions
     *     in one
     */
    public static TagRules of(List<TagRule> rules) {
        return new TagRules(rules).checked();
    }

    /** Returns the rules in their order. */
    public List<TagRule> rules() {
        return rules;
    }

    /** Returns whether a condition asks when images were pulled ({@link RuleCondition.PulledBefore}). */
    public boolean asksForPulls() {
        return rules.stream()
                .flatMap(rule -> parts(rule.condition()))
                .anyMatch(RuleCondition.PulledBefore.class::isInstance);
    }

    /** Returns those rules that are for a repository. */
    TagRules in(RepositoryName repository) {
        return new TagRules(
                rules.stream().filter(rule -> rule.concerns(repository)).toList());
    }

    /** Returns those rules that have an effect. */
    TagRules only(TagRule.Effect effect) {
        return new TagRules(with(effect).toList());
    }

    Stream<TagRule> with(TagRule.Effect effect) {
        return rules.stream().filter(rule -> rule.effect() == effect);
    }

    /** Returns a condition and everything in it. */
    static Stream<RuleCondition> parts(RuleCondition condition) {
        Stream<RuleCondition> below = Stream.empty();
        if (condition instanceof RuleCondition.AllOf all) {
            below = all.parts().stream().flatMap(TagRules::parts);
        } else if (condition instanceof RuleCondition.AnyOf any) {
            below = any.parts().stream().flatMap(TagRules::parts);
        } else if (condition instanceof RuleCondition.Not not) {
            below = parts(not.part());
        }
        return Stream.concat(Stream.of(condition), below);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TagRules that && rules.equals(that.rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    /** Says the rules in words. */
    @Override
    public String toString() {
        return rules.toString();
    }
}
