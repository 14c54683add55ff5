package dev.berth.registry.webhook.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.objects.Words;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.webhook.EventFilter;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.WebhookStatus;
import java.time.Duration;
import java.util.Collection;

/** Endpoints in answers: with nothing that could let somebody in. */
final class EndpointText {
    private EndpointText() {}

    static void describe(WebhookEndpoint endpoint, ObjectNode node) {
        EventFilter filter = endpoint.filter();
        node.put("name", endpoint.name());
        node.put("origin", Origin.of(endpoint.url()).toString());
        node.put("format", endpoint.format().word());
        put(node, "repositories", filter.repositories().patterns());
        put(node, "types", filter.types());
        put(node, "ignoreTypes", filter.ignoredTypes());
        put(node, "mediaTypes", filter.mediaTypes());
        put(node, "ignoreMediaTypes", filter.ignoredMediaTypes());
        node.put("reads", filter.reads());
        put(node, "headerNames", endpoint.headers().keySet());
        node.put("secrets", endpoint.secrets().size());
        node.put("timeout", text(endpoint.timeout()));
        node.put("active", endpoint.active());
    }

    private static void put(ObjectNode node, String name, Collection<?> values) {
        ArrayNode array = node.putArray(name);
        values.stream().map(Object::toString).sorted().forEach(array::add);
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    /**
     * Adds how the delivery goes. Why it failed says what the receiver did: only whoever could read it in the log of the
     * registry as well learns it.
     */
    static void describe(WebhookStatus status, boolean reasons, ObjectNode node) {
        node.put("source", status.configured() ? "configuration" : "api");
        ObjectNode delivery = node.putObject("delivery");
        delivery.put("state", Words.of(status.state()));
        delivery.put("pending", status.pending());
        status.oldestPending().ifPresent(time -> delivery.put("oldestPending", time.toString()));
        delivery.put("delivered", status.delivered());
        delivery.put("failedAttempts", status.failedAttempts());
        delivery.put("dropped", status.dropped());
        delivery.put("deadLetters", status.deadLetters());
        status.lastFailureTime().ifPresent(time -> delivery.put("lastFailureTime", time.toString()));
        if (reasons) {
            status.lastFailure().ifPresent(reason -> delivery.put("lastFailure", reason));
        }
    }
}
