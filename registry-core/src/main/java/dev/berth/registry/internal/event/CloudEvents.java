package dev.berth.registry.internal.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Tag;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.RegistryEvent;
import java.util.List;
import java.util.Optional;

/**
 * CloudEvents 1.0 in structured JSON: one event, or several as a batch. There is one for each of our events, of every type.
 */
final class CloudEvents implements EventFormat {
    private static final String ONE = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String TYPE_PREFIX = "dev.berth.";

    @Override
    public List<EventBody> bodies(List<RegistryEvent> events) {
        if (events.size() == 1) {
            return List.of(EventBody.of(ONE, cloudEvent(events.get(0))));
        }
        ArrayNode batch = JsonNodeFactory.instance.arrayNode(events.size());
        events.forEach(event -> batch.add(cloudEvent(event)));
        return List.of(EventBody.of(BATCH, batch));
    }

    private static ObjectNode cloudEvent(RegistryEvent event) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("specversion", "1.0");
        node.put("id", event.id().value());
        node.put("source", "/v2/" + event.repository());
        node.put("type", TYPE_PREFIX + event.type());
        subject(event).ifPresent(subject -> node.put("subject", subject));
        node.put("time", event.when().toString());
        node.put("datacontenttype", "application/json");
        node.set("data", data(event));
        return node;
    }

    /** Returns the digest, or the tag of an event about a tag. */
    private static Optional<String> subject(RegistryEvent event) {
        if (event.type().value().startsWith("tag.")) {
            return event.tags().stream().findFirst().map(Tag::value);
        }
        return event.digest().map(Object::toString);
    }

    private static ObjectNode data(RegistryEvent event) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("repository", event.repository().value());
        event.digest().ifPresent(digest -> data.put("digest", digest.toString()));
        event.descriptor().ifPresent(descriptor -> putContent(data, descriptor));
        if (!event.tags().isEmpty()) {
            ArrayNode tags = data.putArray("tags");
            event.tags().forEach(tag -> tags.add(tag.value()));
        }
        event.mountedFrom().ifPresent(from -> data.put("mountedFrom", from.value()));
        ContentUrl.of(event).ifPresent(url -> data.put("url", url));
        EventContext context = event.context();
        put(data, "actor", Optional.of(context.actor()));
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        put(request, "id", context.requestId());
        put(request, "method", context.method());
        put(request, "address", context.address());
        put(request, "host", context.host());
        put(request, "userAgent", context.userAgent());
        if (!request.isEmpty()) {
            data.set("request", request);
        }
        put(data, "instance", Optional.of(context.instance()));
        return data;
    }

    private static void putContent(ObjectNode data, Descriptor descriptor) {
        put(data, "mediaType", Optional.of(descriptor.mediaType()));
        data.put("size", descriptor.size());
        put(data, "artifactType", descriptor.artifactType());
    }

    private static void put(ObjectNode node, String name, Optional<String> value) {
        value.filter(text -> !text.isEmpty()).ifPresent(text -> node.put(name, WellFormed.text(text)));
    }
}
