package dev.berth.registry.scan.gate;

import dev.berth.registry.RepositoryName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of a {@link Gate}. An image must be as all rules demand that are for it; what no rule is for is handed out. Immutable.
 *
 * @since 0.1
 */
public final class GatePolicy {
    private static final int MOST_RULES = 1_000;
    private static final GatePolicy NONE = new GatePolicy(List.of());

    private final List<GateRule> rules;

    private GatePolicy(List<GateRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Returns the policy without rules, which refuses nothing. */
    public static GatePolicy none() {
        return NONE;
    }

    /** Returns a policy. As {@link #of(List)}. */
    public static GatePolicy of(GateRule... rules) {
        return of(List.of(rules));
    }

    /**
     * Returns a policy.
     *
     * @throws IllegalArgumentException if two rules have the same name, or there are more than 1,000
     */
    public static GatePolicy of(List<GateRule> rules) {
        if (rules.size() > MOST_RULES) {
            throw new IllegalArgumentException("There are " + rules.size() + " rules; at most " + MOST_RULES);
        }
        Set<String> names = new HashSet<>();
        for (GateRule rule : rules) {
            if (!names.add(rule.name())) {
                throw new IllegalArgumentException("There are two rules '" + rule.name() + "'; rename one");
            }
        }
        return new GatePolicy(rules);
    }

    /** Returns the rules. */
    public List<GateRule> rules() {
        return rules;
    }

    /** Returns whose signatures rules demand of images in a repository. */
    public List<SignedBy> signers(RepositoryName repository) {
        return in(repository).stream()
                .flatMap(rule -> rule.signers().stream())
                .distinct()
                .toList();
    }

    /** Returns the rules that are for a repository: first those that refuse, then those that only tell. */
    List<GateRule> in(RepositoryName repository) {
        return rules.stream()
                .filter(rule -> rule.concerns(repository))
                .sorted((one, other) -> Boolean.compare(one.isDryRun(), other.isDryRun()))
                .toList();
    }

    /** Says the rules in words. */
    @Override
    public String toString() {
        return rules.toString();
    }
}
