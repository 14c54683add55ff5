package dev.berth.registry.webhook;

import dev.berth.registry.webhook.SendResult.Failed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener, which may fail, and the log, which is not to be filled. Thread-safe. */
final class Told {
    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration ONCE = Duration.ofMinutes(1);

    private final DeliveryListener listener;
    private final InstantSource clock;
    private final Map<String, Instant> lines = new HashMap<>();
    private final Map<String, Long> since = new HashMap<>();

    Told(DeliveryListener listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
    }

    void queued(String endpoint, int messages) {
        tell(told -> told.onQueued(endpoint, messages));
    }

    void delivered(WebhookEndpoint endpoint, WebhookMessage message, SendResult result) {
        tell(told -> told.onDelivered(endpoint, message, result));
    }

    void failed(WebhookEndpoint endpoint, WebhookMessage message, Failed result, int attempt, Instant next) {
        tell(told -> told.onFailed(endpoint, message, result, attempt, next));
        count("failed " + endpoint.name(), 1)
                .ifTime(() -> log.warn(
                        "The webhook {} did not take a message, which is sent again at {}: {}",
                        endpoint.name(),
                        next,
                        result.reason()));
    }

    void givenUp(String endpoint, int messages, String reason) {
        tell(told -> told.onGivenUp(endpoint, messages, reason));
        Line line = count("given up " + endpoint + reason, messages);
        line.ifTime(() -> log.error(
                "{} messages to the webhook {} were given up, and are dead letters now: {}",
                line.count,
                endpoint,
                reason));
    }

    void dropped(String endpoint, int messages, String reason) {
        tell(told -> told.onDropped(endpoint, messages, reason));
        Line line = count("dropped " + endpoint + reason, messages);
        line.ifTime(() -> log.error(
                "{} messages of events{} are lost: {}",
                line.count,
                endpoint.isEmpty() ? "" : " to the webhook " + endpoint,
                reason));
    }

    void disabled(WebhookEndpoint endpoint, String reason) {
        tell(told -> told.onDisabled(endpoint, reason));
        log.error("The webhook {} gets nothing any more until it is enabled: {}", endpoint.name(), reason);
    }

    /** The store fails; said at most once a minute. */
    void storeFailed(String what, Exception e) {
        count("store " + what, 1).ifTime(() -> {
            log.warn("Could not {}; it is tried again, and nothing is lost by that: {}", what, e.getMessage());
            log.debug("Could not {}", what, e);
        });
    }

    private void tell(Consumer<DeliveryListener> call) {
        try {
            call.accept(listener);
        } catch (RuntimeException e) {
            count("listener", 1).ifTime(() -> log.error("The listener of the webhooks failed", e));
        }
    }

    private synchronized Line count(String what, long number) {
        Instant now = clock.instant();
        if (lines.size() > 1000) {
            lines.clear();
        }
        long count = since.merge(what, number, Long::sum);
        Instant last = lines.get(what);
        boolean time = last == null || !now.isBefore(last.plus(ONCE));
        if (time) {
            lines.put(what, now);
            since.remove(what);
        }
        return new Line(time, count);
    }

    /** Whether it is time for a line in the log, and about how many. */
    private record Line(boolean time, long count) {
        void ifTime(Runnable write) {
            if (time) {
                write.run();
            }
        }
    }
}
