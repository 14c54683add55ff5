package dev.berth.registry.metrics;

import dev.berth.registry.webhook.DeliveryListener;
import dev.berth.registry.webhook.SendResult;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.WebhookMessage;
import dev.berth.registry.webhook.WebhookStatus;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ObjIntConsumer;

/**
 * Counts the delivery of events to webhooks, by the names of {@code registry:2} where it has them. Thread-safe.
 *
 * <pre>{@code
 * NotificationMetrics notifications = NotificationMetrics.of(metrics);
 * Webhooks webhooks = Webhooks.over(store,
 *         WebhookOptions.builder()….listener(notifications.listener(new DeliveryListener() {})).build());
 * scheduler.scheduleWithFixedDelay(() -> notifications.show(webhooks.status()), 0, 10, TimeUnit.SECONDS);
 * }</pre>
 *
 * @since 0.1
 */
public final class NotificationMetrics {
    private static final double MILLIS = 1e3;

    private final Labelled<Counter> events;
    private final Labelled<Counter> statuses;
    private final Labelled<Gauge> pending;
    private final Labelled<Gauge> oldest;
    private final Labelled<Gauge> deadLetters;
    private final Labelled<Gauge> up;

    private final ReentrantLock lock = new ReentrantLock();
    private Set<String> shown = Set.of();

    private NotificationMetrics(Metrics metrics) {
        this.events = metrics.counters(
                "registry_notifications_events_total",
                "Messages for webhooks, by what happened to them on this node.",
                "endpoint",
                "type");
        this.statuses = metrics.counters(
                "registry_notifications_status_total",
                "Answers of the receivers of webhooks to this node, by their status.",
                "code",
                "endpoint");
        this.pending = metrics.gauges(
                "registry_notifications_pending", "Messages that wait for delivery to a webhook.", "endpoint");
        this.oldest = metrics.gauges(
                "registry_notifications_oldest_pending_timestamp_seconds",
                "Since when the oldest message for a webhook waits, in seconds since 1970; 0 if none does.",
                "endpoint");
        this.deadLetters = metrics.gauges(
                "registry_notifications_dead_letters", "Messages for a webhook that were given up.", "endpoint");
        this.up = metrics.gauges(
                "registry_notifications_endpoint_up",
                "Whether a webhook takes messages: 1, or 0 if it fails or is disabled.",
                "endpoint");
    }

    /** Returns what counts in these metrics. */
    public static NotificationMetrics of(Metrics metrics) {
        return new NotificationMetrics(metrics);
    }

    /** Returns a listener that counts what is delivered, and tells another one. */
    public DeliveryListener listener(DeliveryListener next) {
        return new DeliveryListener() {
            @Override
            public void onQueued(String endpoint, int messages) {
                events.with(endpoint, "Events").add(messages);
                next.onQueued(endpoint, messages);
            }

            @Override
            public void onDelivered(WebhookEndpoint endpoint, WebhookMessage message, SendResult result) {
                events.with(endpoint.name(), "Successes").increment();
                next.onDelivered(endpoint, message, result);
            }

            @Override
            public void onFailed(
                    WebhookEndpoint endpoint,
                    WebhookMessage message,
                    SendResult.Failed result,
                    int attempt,
                    Instant again) {
                events.with(endpoint.name(), "Failures").increment();
                next.onFailed(endpoint, message, result, attempt, again);
            }

            @Override
            public void onGivenUp(String endpoint, int messages, String reason) {
                events.with(endpoint, "GivenUp").add(messages);
                next.onGivenUp(endpoint, messages, reason);
            }

            @Override
            public void onDropped(String endpoint, int messages, String reason) {
                events.with(endpoint, "Dropped").add(messages);
                next.onDropped(endpoint, messages, reason);
            }

            @Override
            public void onDisabled(WebhookEndpoint endpoint, String reason) {
                events.with(endpoint.name(), "Disabled").increment();
                next.onDisabled(endpoint, reason);
            }
        };
    }

    /** Returns what counts answers, for {@link dev.berth.registry.webhook.WebhookHttpOptions.Builder#onAnswer}. */
    public ObjIntConsumer<WebhookEndpoint> answers() {
        return (endpoint, status) ->
                statuses.with(Integer.toString(status), endpoint.name()).increment();
    }

    /**
     * Shows how the delivery goes, which stays as it is until this is called again; an endpoint that is not in the list any more
     * is not shown any more. To be called every few seconds, not when metrics are asked for: reading the status needs the store.
     *
     * @param status of {@link dev.berth.registry.webhook.Webhooks#status}
     */
    public void show(List<WebhookStatus> status) {
        lock.lock();
        try {
            Set<String> names = new HashSet<>();
            for (WebhookStatus each : status) {
                names.add(each.name());
                pending.with(each.name()).set(each.pending());
                oldest.with(each.name())
                        .set(each.oldestPending()
                                .map(since -> since.toEpochMilli() / MILLIS)
                                .orElse(0.0));
                deadLetters.with(each.name()).set(each.deadLetters());
                up.with(each.name()).set(takesMessages(each.state()) ? 1 : 0);
            }
            for (String gone : shown) {
                if (!names.contains(gone)) {
                    pending.remove(gone);
                    oldest.remove(gone);
                    deadLetters.remove(gone);
                    up.remove(gone);
                }
            }
            shown = names;
        } finally {
            lock.unlock();
        }
    }

    /** One that is switched off by its operator is not down. */
    private static boolean takesMessages(WebhookStatus.State state) {
        return state == WebhookStatus.State.ACTIVE || state == WebhookStatus.State.INACTIVE;
    }
}
