package dev.berth.registry.rules;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A condition of a {@link TagRule}. Immutable; two are equal if their parts are. {@link Object#toString} says it in words.
 *
 * <p>A condition is unknown, rather than true or false, where something is missing that it asks for. The negation of what is
 * unknown is unknown; {@link AllOf} is false if any part is false, {@link AnyOf} true if any is true, whatever is unknown.
 *
 * @since 0.1
 */
public sealed interface RuleCondition {

    /** The largest {@link Newest#count}. */
    int MAX_NEWEST = 10_000;

    /**
     * Always true.
     *
     * @since 0.1
     */
    record Always() implements RuleCondition {
        @Override
        public String toString() {
            return "always";
        }
    }

    /**
     * The tag was last set at least this long ago, be it to the manifest that it named before. Of a manifest without a tag:
     * it was last pushed that long ago.
     *
     * @since 0.1
     */
    record PushedBefore(Duration age) implements RuleCondition {
        /** Checks that the age is not negative. */
        public PushedBefore {
            Ages.check(age);
        }

        @Override
        public String toString() {
            return "pushed " + Ages.text(age) + " ago or earlier";
        }
    }

    /**
     * The image was neither pulled nor pushed (as in {@link PushedBefore}) within this time: an image that was never pulled
     * counts from its push, and one that is tagged again is as if it had been pulled.
     *
     * @since 0.1
     */
    record PulledBefore(Duration age) implements RuleCondition {
        /** Checks that the age is not negative. */
        public PulledBefore {
            Ages.check(age);
        }

        @Override
        public String toString() {
            return "not pulled for " + Ages.text(age);
        }
    }

    /**
     * The tag is among the newest of those in its repository that the patterns of the rule match. Tags of signatures and the
     * like ({@link TagRules}) do not count. Unknown for a manifest without a tag, and for a tag without a place in the order.
     *
     * @param count how many are newest, 0 to {@value #MAX_NEWEST}
     * @since 0.1
     */
    record Newest(int count, TagOrder order) implements RuleCondition {
        /** Checks the count. */
        public Newest {
            Objects.requireNonNull(order, "order");
            if (count < 0 || count > MAX_NEWEST) {
                throw new IllegalArgumentException(
                        "A rule can count 0 to " + MAX_NEWEST + " of the newest tags, not " + count);
            }
        }

        @Override
        public String toString() {
            return "among the newest " + count + " by " + (order == TagOrder.VERSION ? "version" : "push");
        }
    }

    /**
     * It is a tag, rather than a manifest without one.
     *
     * @since 0.1
     */
    record Tagged() implements RuleCondition {
        @Override
        public String toString() {
            return "tagged";
        }
    }

    /**
     * All of these hold.
     *
     * @since 0.1
     */
    record AllOf(List<RuleCondition> parts) implements RuleCondition {
        /** Copies the list, which must not be empty. */
        public AllOf {
            parts = checked(parts);
        }

        @Override
        public String toString() {
            return join(parts, " and ");
        }
    }

    /**
     * Any of these holds.
     *
     * @since 0.1
     */
    record AnyOf(List<RuleCondition> parts) implements RuleCondition {
        /** Copies the list, which must not be empty. */
        public AnyOf {
            parts = checked(parts);
        }

        @Override
        public String toString() {
            return join(parts, " or ");
        }
    }

    /**
     * This does not hold.
     *
     * @since 0.1
     */
    record Not(RuleCondition part) implements RuleCondition {
        /** Checks that the part is not null. */
        public Not {
            Objects.requireNonNull(part, "part");
        }

        @Override
        public String toString() {
            if (part instanceof Always) {
                return "never";
            }
            return part instanceof Tagged ? "untagged" : "not (" + part + ")";
        }
    }

    /** Returns the condition that always holds. */
    static RuleCondition always() {
        return new Always();
    }

    /** Returns the condition that never holds. */
    static RuleCondition never() {
        return not(always());
    }

    /** Returns {@link PushedBefore}. */
    static RuleCondition pushedBefore(Duration age) {
        return new PushedBefore(age);
    }

    /** Returns {@link PulledBefore}. */
    static RuleCondition pulledBefore(Duration age) {
        return new PulledBefore(age);
    }

    /** Returns {@link Newest}. */
    static RuleCondition newest(int count, TagOrder order) {
        return new Newest(count, order);
    }

    /** Returns {@link Tagged}. */
    static RuleCondition tagged() {
        return new Tagged();
    }

    /** Returns the condition that it is a manifest without a tag. */
    static RuleCondition untagged() {
        return not(tagged());
    }

    /** Returns the condition that all of these hold. */
    static RuleCondition allOf(RuleCondition... parts) {
        return new AllOf(List.of(parts));
    }

    /** Returns the condition that any of these holds. */
    static RuleCondition anyOf(RuleCondition... parts) {
        return new AnyOf(List.of(parts));
    }

    /** Returns the condition that this does not hold. */
    static RuleCondition not(RuleCondition part) {
        return new Not(part);
    }

    private static List<RuleCondition> checked(List<RuleCondition> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("A list of conditions needs at least one");
        }
        return List.copyOf(parts);
    }

    private static String join(List<RuleCondition> parts, String word) {
        return parts.stream()
                .map(part -> part instanceof AllOf || part instanceof AnyOf ? "(" + part + ")" : part.toString())
                .collect(Collectors.joining(word));
    }
}
