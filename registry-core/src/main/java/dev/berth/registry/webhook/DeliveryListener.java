package dev.berth.registry.webhook;

import java.time.Instant;

/**
 * Is told how the delivery of events goes on this node, for metrics and logs. Called in the threads that deliver: methods
 * must be quick and thread-safe. What they throw is logged and has no other effect. Each does nothing unless overridden.
 *
 * @since 0.1
 */
public interface DeliveryListener {

    /**
     * Messages were put into the queue of an endpoint. After a crash the same may be told again.
     *
     * @param endpoint the name of the endpoint
     */
    default void onQueued(String endpoint, int messages) {}

    /** A message was delivered, or its format has nothing to say about it ({@link SendResult.NotForFormat}). */
    default void onDelivered(WebhookEndpoint endpoint, WebhookMessage message, SendResult result) {}

    /**
     * An attempt has failed, and the message will be sent again.
     *
     * @param attempt 1 for the first attempt of this node with this message or those before it that have failed
     * @param next when it is sent again, at the earliest
     */
    default void onFailed(
            WebhookEndpoint endpoint, WebhookMessage message, SendResult.Failed result, int attempt, Instant next) {}

    /** Messages were given up, and are dead letters now. */
    default void onGivenUp(String endpoint, int messages, String reason) {}

    /**
     * Something is lost.
     *
     * @param endpoint the name of the endpoint; empty if it was not put into any queue
     * @param messages how many messages, reads, or objects of the log
     */
    default void onDropped(String endpoint, int messages, String reason) {}

    /** An endpoint gets nothing any more until somebody enables it: it answered 410. */
    default void onDisabled(WebhookEndpoint endpoint, String reason) {}
}
