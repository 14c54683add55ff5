package dev.berth.registry.rules;

import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the rules about the tags of one repository, at one time. What locks is looked at first, then what keeps, then
 * what deletes. The order of tags is read when a condition first asks for it. For one thread.
 */
final class Evaluation {
    private final Registry registry;
    private final RepositoryName repository;
    private final TagRules rules;
    private final RuleContext context;
    private final Instant now;
    private final boolean asksForPulls;
    private @Nullable Rankings rankings;
    private @Nullable Function<Digest, Optional<Instant>> pulls;

    Evaluation(Registry registry, RepositoryName repository, TagRules rules, RuleContext context) {
        this.registry = registry;
        this.repository = repository;
        this.rules = rules.in(repository);
        this.context = context;
        this.now = context.clock().instant();
        this.asksForPulls = this.rules.asksForPulls();
    }

    /** Returns whether any rule can delete something in the repository. */
    boolean deletes() {
        return rules.with(TagRule.Effect.DELETE).findAny().isPresent();
    }

    /** Returns whether any rule can delete manifests without a tag. */
    boolean deletesUntagged() {
        return rules.with(TagRule.Effect.DELETE).anyMatch(rule -> rule.concerns(Optional.empty()));
    }

    Instant now() {
        return now;
    }

    TagDecision decide(Candidate candidate) {
        Optional<TagRule> deleting = first(TagRule.Effect.DELETE, candidate);
        Optional<TagDecision> spared = lock(candidate)
                .or(() -> first(TagRule.Effect.KEEP, candidate)
                        .map(rule -> because(TagDecision.Outcome.KEPT, rule, candidate, "keeps")));
        if (spared.isPresent()) {
            return deleting.map(rule -> spared.get().withNote("; the rule '" + rule.name() + "' would delete it"))
                    .orElse(spared.get());
        }
        return deleting.map(rule -> because(TagDecision.Outcome.DELETED, rule, candidate, "deletes"))
                .orElseGet(() -> decision(
                        TagDecision.Outcome.LEFT,
                        Optional.empty(),
                        candidate,
                        "no rule deletes it" + times(candidate)));
    }

    private Optional<TagRule> first(TagRule.Effect effect, Candidate candidate) {
        return rules.with(effect).filter(rule -> applies(rule, candidate)).findFirst();
    }

    /** Returns the decision that a candidate is locked, if it is. */
    Optional<TagDecision> lock(Candidate candidate) {
        return rules.with(TagRule.Effect.IMMUTABLE)
                .filter(rule -> rule.concerns(candidate.tag()))
                .filter(rule -> holds(rule, rule.condition(), candidate) != Truth.YES)
                .findFirst()
                .map(rule -> decision(
                        TagDecision.Outcome.LOCKED,
                        Optional.of(rule),
                        candidate,
                        "the rule '" + rule.name() + "' locks it " + release(rule.condition(), candidate)));
    }

    private String release(RuleCondition condition, Candidate candidate) {
        return condition.equals(RuleCondition.never())
                ? "for ever"
                : "until this holds: " + words(condition, candidate);
    }

    private boolean applies(TagRule rule, Candidate candidate) {
        return rule.concerns(candidate.tag()) && holds(rule, rule.condition(), candidate) == Truth.YES;
    }

    private Truth holds(TagRule rule, RuleCondition condition, Candidate candidate) {
        if (condition instanceof RuleCondition.Always) {
            return Truth.YES;
        } else if (condition instanceof RuleCondition.PushedBefore before) {
            return since(candidate.setAt(), before.age());
        } else if (condition instanceof RuleCondition.PulledBefore before) {
            return since(lastUse(candidate), before.age());
        } else if (condition instanceof RuleCondition.Newest newest) {
            return rankings().of(rule, newest).has(candidate);
        } else if (condition instanceof RuleCondition.Tagged) {
            return Truth.of(candidate.tag().isPresent());
        } else if (condition instanceof RuleCondition.AllOf all) {
            return Truth.all(all.parts().stream().map(part -> holds(rule, part, candidate)));
        } else if (condition instanceof RuleCondition.AnyOf any) {
            return Truth.any(any.parts().stream().map(part -> holds(rule, part, candidate)));
        }
        return holds(rule, ((RuleCondition.Not) condition).part(), candidate).not();
    }

    private Truth since(Optional<Instant> time, Duration age) {
        return time.map(known -> Truth.of(!Ages.reached(known, age).isAfter(now)))
                .orElse(Truth.UNKNOWN);
    }

    /** Returns the time of the last pull or push, whichever is later. */
    private Optional<Instant> lastUse(Candidate candidate) {
        Optional<Instant> pulled = pulled(candidate);
        if (pulled.isPresent() && candidate.setAt().isPresent()) {
            return pulled.get().isAfter(candidate.setAt().get()) ? pulled : candidate.setAt();
        }
        return pulled.or(candidate::setAt);
    }

    private Optional<Instant> pulled(Candidate candidate) {
        if (!asksForPulls) {
            return Optional.empty();
        }
        Function<Digest, Optional<Instant>> known = pulls;
        if (known == null) {
            known = context.pulls().of(repository);
            pulls = known;
        }
        return known.apply(candidate.manifest());
    }

    private Rankings rankings() {
        Rankings known = rankings;
        if (known == null) {
            known = Rankings.read(registry, repository, rules, context.facts());
            rankings = known;
        }
        return known;
    }

    private TagDecision because(TagDecision.Outcome outcome, TagRule rule, Candidate candidate, String verb) {
        return decision(
                outcome,
                Optional.of(rule),
                candidate,
                "the rule '" + rule.name() + "' " + verb + " it: " + rule.condition() + times(candidate));
    }

    private TagDecision decision(
            TagDecision.Outcome outcome, Optional<TagRule> rule, Candidate candidate, String reason) {
        return new TagDecision(
                repository, candidate.tag(), candidate.manifest(), outcome, rule.map(TagRule::name), reason);
    }

    private String times(Candidate candidate) {
        String pushed =
                candidate.setAt().map(time -> "pushed on " + seconds(time)).orElse("the time of its push is not known");
        Optional<Instant> pulled = pulled(candidate);
        return " (" + pushed
                + pulled.map(time -> ", last pulled on " + seconds(time)).orElse("") + ")";
    }

    /** Says a condition in words, with the days on which ages will be reached. */
    private String words(RuleCondition condition, Candidate candidate) {
        if (condition instanceof RuleCondition.PushedBefore before) {
            return condition + on(candidate.setAt(), before.age());
        } else if (condition instanceof RuleCondition.PulledBefore before) {
            return condition + on(lastUse(candidate), before.age());
        } else if (condition instanceof RuleCondition.AllOf all) {
            return all.parts().stream()
                    .map(part -> words(part, candidate))
                    .collect(Collectors.joining(" and ", "(", ")"));
        } else if (condition instanceof RuleCondition.AnyOf any) {
            return any.parts().stream()
                    .map(part -> words(part, candidate))
                    .collect(Collectors.joining(" or ", "(", ")"));
        }
        return condition.toString();
    }

    private static String on(Optional<Instant> time, Duration age) {
        return time.map(known -> ", which is on " + seconds(Ages.reached(known, age)))
                .orElse("");
    }

    private static String seconds(Instant time) {
        return time.equals(Instant.MAX)
                ? "no day"
                : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
