package dev.berth.registry.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.NameSet;
import dev.berth.registry.event.EventType;
import dev.berth.registry.internal.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Entries of the directory of endpoints as JSON. Those of the API are there with their secrets. */
final class EndpointJson {
    private EndpointJson() {}

    static ObjectNode write(DirectoryEntry entry) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", entry.name());
        node.put("active", entry.active());
        node.set("filter", write(entry.filter()));
        entry.disabled().ifPresent(reason -> node.put("disabled", reason));
        node.put("since", entry.since().toEpochMilli());
        node.put("seen", entry.seen().toEpochMilli());
        entry.stored().ifPresent(endpoint -> node.set("endpoint", write(endpoint)));
        return node;
    }

    private static ObjectNode write(WebhookEndpoint endpoint) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("url", endpoint.url().toString());
        node.put("format", endpoint.format().word());
        ArrayNode secrets = node.putArray("secrets");
        endpoint.secrets().forEach(secret -> secrets.add(secret.encoded()));
        ObjectNode headers = node.putObject("headers");
        endpoint.headers().forEach(headers::put);
        node.put("timeoutMillis", endpoint.timeout().toMillis());
        return node;
    }

    private static ObjectNode write(EventFilter filter) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        put(node, "repositories", filter.repositories().patterns());
        put(node, "types", filter.types());
        put(node, "ignoredTypes", filter.ignoredTypes());
        put(node, "mediaTypes", filter.mediaTypes());
        put(node, "ignoredMediaTypes", filter.ignoredMediaTypes());
        node.put("reads", filter.reads());
        return node;
    }

    private static void put(ObjectNode node, String name, Collection<?> values) {
        ArrayNode array = node.putArray(name);
        values.stream()
                .map(Object::toString)
                .collect(Collectors.toCollection(TreeSet::new))
                .forEach(array::add);
    }

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException if this version cannot; a problem with JSON is one as well
     */
    static DirectoryEntry read(JsonObject node) {
        String name = node.requireString("name");
        EventFilter filter = readFilter(node.requireObject("filter"));
        boolean active = node.flag("active");
        Optional<WebhookEndpoint> stored =
                node.object("endpoint").map(endpoint -> readEndpoint(name, endpoint, filter, active));
        return new DirectoryEntry(
                name,
                stored,
                filter,
                active,
                node.string("disabled"),
                Instant.ofEpochMilli(node.requireInteger("since")),
                Instant.ofEpochMilli(node.requireInteger("seen")));
    }

    private static WebhookEndpoint readEndpoint(String name, JsonObject node, EventFilter filter, boolean active) {
        Map<String, String> headers = node.stringMap("headers");
        return WebhookEndpoint.builder(name, URI.create(node.requireString("url")))
                .filter(filter)
                .format(WebhookFormat.parse(node.requireString("format")))
                .secrets(node.strings("secrets").stream()
                        .map(WebhookSecret::parse)
                        .toList())
                .headers(headers)
                .timeout(Duration.ofMillis(node.requireInteger("timeoutMillis")))
                .active(active)
                .build();
    }

    private static EventFilter readFilter(JsonObject node) {
        return EventFilter.builder()
                .repositories(NameSet.of(node.strings("repositories").stream()
                        .map(NamePattern::parse)
                        .toList()))
                .types(node.strings("types").stream().map(EventType::parse).toList())
                .ignoreTypes(node.strings("ignoredTypes").stream()
                        .map(EventType::parse)
                        .toList())
                .mediaTypes(node.strings("mediaTypes"))
                .ignoreMediaTypes(node.strings("ignoredMediaTypes"))
                .reads(node.flag("reads"))
                .build();
    }
}
