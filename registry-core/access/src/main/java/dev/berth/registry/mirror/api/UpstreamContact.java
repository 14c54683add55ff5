package dev.berth.registry.mirror.api;

import dev.berth.registry.mirror.StaleAnswer;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether an upstream registry answers.
 *
 * @param since since when it is so
 * @param last when it was asked last
 * @param reason why it does not; empty if it does
 * @param message what happened last; empty if it answers
 */
record UpstreamContact(Instant since, Instant last, Optional<StaleAnswer.Reason> reason, Optional<String> message) {

    static UpstreamContact answered(Optional<UpstreamContact> before, Instant when) {
        return new UpstreamContact(
                before.filter(UpstreamContact::answers)
                        .map(UpstreamContact::since)
                        .orElse(when),
                when,
                Optional.empty(),
                Optional.empty());
    }

    static UpstreamContact unanswered(
            Optional<UpstreamContact> before, Instant when, StaleAnswer.Reason reason, String message) {
        return new UpstreamContact(
                before.filter(known -> !known.answers())
                        .map(UpstreamContact::since)
                        .orElse(when),
                when,
                Optional.of(reason),
                Optional.of(message));
    }

    boolean answers() {
        return reason.isEmpty();
    }
}
