package dev.berth.registry.webhook;

import java.time.Instant;
import java.util.Objects;

/**
 * A message that was given up.
 *
 * @param id names it in {@link DeadLetters}
 * @param endpoint the name of the endpoint that did not get it
 * @param message what it did not get
 * @param reason why it was given up: a sentence
 * @param attempts how often it was sent, by the node that has given it up
 * @param since when it was put into the queue
 * @param givenUp when it was given up
 * @since 0.1
 */
public record DeadLetter(
        String id,
        String endpoint,
        WebhookMessage message,
        String reason,
        int attempts,
        Instant since,
        Instant givenUp) {

    /** Checks that nothing is missing. */
    public DeadLetter {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(givenUp, "givenUp");
    }
}
