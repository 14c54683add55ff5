package dev.berth.registry.scan.gate;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets pass what is as all rules demand, and refuses everything else. Thread-safe. */
final class Judge {
    private static final Logger LOG = LoggerFactory.getLogger(Judge.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final GateOptions options;
    private final RuleJudge judge;
    private final Decisions decisions;
    private volatile GatePolicy policy;

    Judge(GatePolicy policy, GateOptions options) {
        this.policy = policy;
        this.options = options;
        this.judge = new RuleJudge(options);
        this.decisions = new Decisions(options);
    }

    void policy(GatePolicy newPolicy) {
        policy = newPolicy;
        decisions.forget();
    }

    GatePolicy policy() {
        return policy;
    }

    Decisions decisions() {
        return decisions;
    }

    /**
     * Lets a manifest pass that is about to be handed out.
     *
     * @param askedFor the tag by which it was asked for
     * @throws RegistryException with {@link ErrorCode#DENIED} if a rule refuses it, with {@link ErrorCode#UNAVAILABLE} if one
     *     cannot be judged
     */
    void requirePull(Subject subject, Optional<Tag> askedFor) {
        Optional<Tag> tag = askedFor.filter(name -> !TagScope.isDigest(name, subject.digest()));
        for (GateRule rule : rules(subject.name())) {
            if (tag.isEmpty() || rule.concerns(tag.get())) {
                Decisions.Key key = new Decisions.Key(subject.name(), subject.digest(), rule, tag.isPresent());
                apply(
                        rule,
                        new GateRefusal(
                                GateRefusal.Operation.PULL, subject.name(), tag, subject.digest(), rule.name(), ""),
                        () -> decisions.of(key, () -> judge.pulled(rule, subject, tag.isPresent())));
            }
        }
    }

    /**
     * Tells what each rule says of a manifest. Nobody is told, and nothing is refused.
     *
     * @param askedFor the tag by which it would be asked for
     */
    List<GateDecision> explain(Subject subject, Optional<Tag> askedFor) {
        Optional<Tag> tag = askedFor.filter(name -> !TagScope.isDigest(name, subject.digest()));
        List<GateDecision> decisions = new ArrayList<>();
        for (GateRule rule : rules(subject.name())) {
            if (tag.isEmpty() || rule.concerns(tag.get())) {
                decisions.add(decision(rule, subject, tag));
            }
        }
        return decisions;
    }

    private GateDecision decision(GateRule rule, Subject subject, Optional<Tag> tag) {
        Decisions.Key key = new Decisions.Key(subject.name(), subject.digest(), rule, tag.isPresent());
        GateRefusal request =
                new GateRefusal(GateRefusal.Operation.PULL, subject.name(), tag, subject.digest(), rule.name(), "");
        try {
            Outcome outcome =
                    guarded(request, () -> decisions.of(key, () -> judge.pulled(rule, subject, tag.isPresent())));
            return GateDecision.of(rule, outcome);
        } catch (RegistryException e) {
            return GateDecision.unjudged(rule, "it cannot be judged now (" + e.code() + ")");
        }
    }

    /**
     * Lets a tag pass that is about to be set. What is remembered does not count here.
     *
     * @throws RegistryException as {@link #requirePull}
     */
    void requireTag(Subject subject, Tag tag) {
        if (TagScope.isDigest(tag, subject.digest())) {
            return;
        }
        for (GateRule rule : taggingRules(subject.name(), tag)) {
            apply(
                    rule,
                    new GateRefusal(
                            GateRefusal.Operation.TAG,
                            subject.name(),
                            Optional.of(tag),
                            subject.digest(),
                            rule.name(),
                            ""),
                    () -> judge.tagged(rule, subject));
        }
    }

    /** Returns whether a rule looks at images before a tag is set. */
    boolean looksAtTag(RepositoryName repository, Tag tag) {
        return !taggingRules(repository, tag).isEmpty();
    }

    private List<GateRule> taggingRules(RepositoryName repository, Tag tag) {
        return rules(repository).stream()
                .filter(rule -> rule.isBeforeTagging() && rule.concerns(tag))
                .toList();
    }

    private List<GateRule> rules(RepositoryName repository) {
        GatePolicy current = policy;
        return current.rules().isEmpty() ? List.of() : current.in(repository);
    }

    private void apply(GateRule rule, GateRefusal request, Supplier<Outcome> judging) {
        Outcome outcome;
        try {
            outcome = guarded(request, judging);
        } catch (RegistryException e) {
            boolean allowed = rule.isDryRun() || rule.isAllowedOnFailure();
            GateRefusal unjudged = because(request, "it cannot be judged now (" + e.code() + ")");
            tell(listener -> listener.unjudged(unjudged, allowed, e));
            if (!allowed) {
                throw unavailable(unjudged, e);
            }
            return;
        }
        if (outcome.isAllowed()) {
            return;
        }
        GateRefusal refusal = because(request, String.valueOf(outcome.reason()));
        if (rule.isDryRun()) {
            tell(listener -> listener.wouldRefuse(refusal));
            return;
        }
        tell(listener -> listener.refused(refusal));
        throw denied(refusal, outcome);
    }

    /** What comes from outside, such as verdicts, may fail in any way. */
    private static Outcome guarded(GateRefusal request, Supplier<Outcome> judging) {
        try {
            return judging.get();
        } catch (RegistryException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("Could not judge whether to {}", request.request(), e);
            throw RegistryException.of(ErrorCode.UNKNOWN, "It could not be judged", e);
        }
    }

    private static GateRefusal because(GateRefusal request, String reason) {
        return new GateRefusal(
                request.operation(), request.repository(), request.tag(), request.image(), request.rule(), reason);
    }

    private void tell(Consumer<GateListener> told) {
        try {
            told.accept(options.listener());
        } catch (RuntimeException e) {
            LOG.error("A listener of the gate failed", e);
        }
    }

    private RegistryException denied(GateRefusal refusal, Outcome outcome) {
        String remedy = refusal.operation() == GateRefusal.Operation.TAG
                ? ". Push the image by its digest, sign that, and set the tag then"
                : "";
        RegistryException.Builder exception = RegistryException.builder(
                        new RegistryError(ErrorCode.DENIED, refusal + remedy, detail(refusal)))
                .withoutStackTrace();
        outcome.until()
                .map(end -> Duration.between(options.clock().instant(), end))
                .filter(time -> !time.isNegative() && !time.isZero())
                .ifPresent(exception::retryAfter);
        return exception.build();
    }

    /** Says nothing of what failed, which is for operators. */
    private static RegistryException unavailable(GateRefusal unjudged, RegistryException failure) {
        return RegistryException.builder(
                        new RegistryError(ErrorCode.UNAVAILABLE, unjudged + "; try again later", detail(unjudged)))
                .cause(failure)
                .retryAfter(failure.retryAfter().orElse(AGAIN))
                .build();
    }

    private static Map<String, String> detail(GateRefusal refusal) {
        return Map.of(
                "name", refusal.repository().value(),
                "digest", refusal.image().toString(),
                "rule", refusal.rule());
    }
}
