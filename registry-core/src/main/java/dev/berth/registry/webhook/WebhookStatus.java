package dev.berth.registry.webhook;

import java.time.Instant;
import java.util.Optional;

/**
 * How the delivery to an endpoint goes, as the node knows that delivers to it now, or did last; others see it some seconds
 * later. Numbers of messages count since the endpoint was there, and may be short by those of a node that died.
 *
 * @param name the name of the endpoint
 * @param configured whether it is of the configuration of a node, and not of the API
 * @param state whether it gets messages
 * @param pending how many messages wait
 * @param oldestPending since when the oldest of them waits, as far as that is known
 * @param delivered how many were delivered
 * @param failedAttempts how many attempts have failed
 * @param dropped how many are lost
 * @param deadLetters how many were given up and can be sent again
 * @param lastFailure what was wrong with the last attempt that failed
 * @param lastFailureTime when that was
 * @since 0.1
 */
public record WebhookStatus(
        String name,
        boolean configured,
        State state,
        long pending,
        Optional<Instant> oldestPending,
        long delivered,
        long failedAttempts,
        long dropped,
        long deadLetters,
        Optional<String> lastFailure,
        Optional<Instant> lastFailureTime) {

    /**
     * Whether an endpoint gets messages.
     *
     * @since 0.1
     */
    public enum State {
        /** It does. */
        ACTIVE,
        /** It has taken none for some attempts, and is tried with one message at a time. */
        FAILING,
        /** {@link WebhookEndpoint#active()} is false. */
        INACTIVE,
        /** It answered 410, and is not used until {@link Webhooks#enable} says so. */
        DISABLED
    }
}
