package dev.berth.registry.webhook;

/**
 * Makes one attempt to deliver a message. Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface WebhookSender {

    /**
     * Sends a message and waits for the answer, for at most about {@link WebhookEndpoint#timeout()}. Does not fail for what
     * the receiver does: that is a {@link SendResult}. A message may arrive although its result is
     * {@link SendResult.Failed}.
     */
    SendResult send(WebhookEndpoint endpoint, WebhookMessage message);
}
