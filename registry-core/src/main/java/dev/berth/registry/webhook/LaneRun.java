package dev.berth.registry.webhook;

import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.internal.event.EventCodec;
import dev.berth.registry.internal.eventlog.QueuedMessage;
import dev.berth.registry.internal.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Sends some messages of one lane, one after the other, until one fails. Works on copies, in a thread of its own. */
final class LaneRun {
    private final WebhookSender sender;
    private final WebhookEndpoint endpoint;
    private final Lane lane;
    private final List<QueuedMessage> messages;

    LaneRun(WebhookSender sender, WebhookEndpoint endpoint, Lane lane, List<QueuedMessage> messages) {
        this.sender = sender;
        this.endpoint = endpoint;
        this.lane = lane;
        this.messages = messages;
    }

    /**
     * How one message went.
     *
     * @param message empty if it cannot be read
     */
    record Outcome(QueuedMessage queued, Optional<WebhookMessage> message, SendResult result) {}

    Lane lane() {
        return lane;
    }

    /** Sends while it may. */
    List<Outcome> run(BooleanSupplier mayGoOn) {
        List<Outcome> outcomes = new ArrayList<>();
        for (QueuedMessage queued : messages) {
            if (!mayGoOn.getAsBoolean()) {
                break;
            }
            Optional<WebhookMessage> message = message(queued);
            SendResult result = message.isPresent()
                    ? send(message.get())
                    : SendResult.Failed.of("The message is damaged, or of a later version");
            outcomes.add(new Outcome(queued, message, result));
            if (message.isPresent() && !result.isDone()) {
                break;
            }
        }
        return outcomes;
    }

    private SendResult send(WebhookMessage message) {
        try {
            return sender.send(endpoint, message);
        } catch (RuntimeException e) {
            return SendResult.Failed.of(
                    "The sender of webhooks failed: " + e.getClass().getName());
        }
    }

    static Optional<WebhookMessage> message(QueuedMessage queued) {
        try {
            List<RegistryEvent> events = EventCodec.decode(queued.payload());
            return Optional.of(new WebhookMessage(queued.id(), events));
        } catch (MalformedJsonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
