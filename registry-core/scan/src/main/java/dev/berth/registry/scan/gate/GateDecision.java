package dev.berth.registry.scan.gate;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a rule says of an image. Immutable.
 *
 * @param rule the name of the rule
 * @param demands what it demands, in words
 * @param answer what it says
 * @param reason why it does not hand it out: a clause with texts from strangers, printable in one line; empty if it does
 * @param until until when it refuses at most; empty if it does not, or for as long as nothing changes
 * @since 0.1
 */
public record GateDecision(String rule, String demands, Answer answer, String reason, Optional<Instant> until) {

    /**
     * What a rule says.
     *
     * @since 0.1
     */
    public enum Answer {
        /** It hands the image out. */
        ALLOWS,
        /** It does not hand the image out. */
        REFUSES,
        /** It would not, if it did more than to tell. */
        WOULD_REFUSE,
        /** It cannot judge now, and does not hand the image out until it can. */
        UNJUDGED,
        /** It cannot judge now, and hands the image out. */
        UNJUDGED_BUT_ALLOWED
    }

    /** Checks that the parts are there. */
    public GateDecision {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(demands, "demands");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(until, "until");
    }

    static GateDecision of(GateRule rule, Outcome outcome) {
        Answer answer = outcome.isAllowed() ? Answer.ALLOWS : rule.isDryRun() ? Answer.WOULD_REFUSE : Answer.REFUSES;
        return new GateDecision(
                rule.name(), rule.demands(), answer, Objects.requireNonNullElse(outcome.reason(), ""), outcome.until());
    }

    static GateDecision unjudged(GateRule rule, String reason) {
        boolean allowed = rule.isDryRun() || rule.isAllowedOnFailure();
        return new GateDecision(
                rule.name(),
                rule.demands(),
                allowed ? Answer.UNJUDGED_BUT_ALLOWED : Answer.UNJUDGED,
                reason,
                Optional.empty());
    }

    /** Returns whether the image is handed out as far as this rule is concerned. */
    public boolean isHandedOut() {
        return answer != Answer.REFUSES && answer != Answer.UNJUDGED;
    }
}
