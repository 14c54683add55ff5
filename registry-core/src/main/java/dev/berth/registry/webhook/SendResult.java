package dev.berth.registry.webhook;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How an attempt to deliver a message went.
 *
 * @since 0.1
 */
public sealed interface SendResult {

    /** Returns whether nothing remains to be done for the message: it was delivered, or there is nothing to deliver. */
    default boolean isDone() {
        return this instanceof Delivered || this instanceof NotForFormat;
    }

    /**
     * The receiver has taken the message.
     *
     * @since 0.1
     */
    record Delivered() implements SendResult {}

    /**
     * The receiver has not taken the message, or may not have: it is to be sent again.
     *
     * @param reason a sentence for the operator, with nothing in it that the receiver sent but a status
     * @param retryAfter how long the receiver wants to be left alone, at most a day
     * @since 0.1
     */
    record Failed(String reason, Optional<Duration> retryAfter) implements SendResult {
        /** Checks that nothing is null. */
        public Failed {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(retryAfter, "retryAfter");
        }

        /** Returns a failure after which the receiver says nothing about when to try again. */
        public static Failed of(String reason) {
            return new Failed(reason, Optional.empty());
        }
    }

    /**
     * The receiver wants no more messages, ever: it answered 410 (Gone).
     *
     * @since 0.1
     */
    record Gone() implements SendResult {}

    /**
     * The format of the endpoint has no message for these events. Nothing was sent; it counts as delivered.
     *
     * @since 0.1
     */
    record NotForFormat() implements SendResult {}
}
