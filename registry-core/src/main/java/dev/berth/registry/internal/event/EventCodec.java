package dev.berth.registry.internal.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventId;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.internal.json.DescriptorJson;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Events as JSON, to be stored: {@code {"events":[…]}}. Everything that is in an event comes back. Fields that this version
 * does not know are ignored, and types that it does not know are kept, so that a node may read what a newer one wrote.
 * Thread-safe.
 */
public final class EventCodec {
    /** The largest number of bytes that are read. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    private EventCodec() {}

    /** Returns the events as JSON. */
    public static byte[] encode(List<RegistryEvent> events) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode array = document.putArray("events");
        events.forEach(event -> array.add(toTree(event)));
        return StrictJson.write(document);
    }

    /**
     * Returns the events of a document.
     *
     * @throws MalformedJsonException if it is none, or is larger than {@link #MAX_BYTES}
     */
    public static List<RegistryEvent> decode(byte[] document) {
        if (document.length > MAX_BYTES) {
            throw JsonObject.root(JsonNodeFactory.instance.objectNode())
                    .malformed("", "has " + document.length + " bytes; events have at most " + MAX_BYTES);
        }
        List<RegistryEvent> events = new ArrayList<>();
        for (JsonObject event : JsonObject.root(StrictJson.parse(document)).objects("events")) {
            events.add(read(event));
        }
        return events;
    }

    private static ObjectNode toTree(RegistryEvent event) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", event.id().value());
        node.put("type", event.type().value());
        node.put("when", event.when().toString());
        node.put("repository", event.repository().value());
        event.descriptor()
                .ifPresentOrElse(
                        descriptor -> node.set("descriptor", DescriptorJson.toTree(descriptor)),
                        () -> event.digest().ifPresent(digest -> node.put("digest", digest.toString())));
        if (!event.tags().isEmpty()) {
            ArrayNode tags = node.putArray("tags");
            event.tags().forEach(tag -> tags.add(tag.value()));
        }
        event.mountedFrom().ifPresent(from -> node.put("mountedFrom", from.value()));
        ObjectNode context = toTree(event.context());
        if (!context.isEmpty()) {
            node.set("context", context);
        }
        return node;
    }

    private static ObjectNode toTree(EventContext context) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        put(node, "actor", Optional.of(context.actor()).filter(actor -> !actor.isEmpty()));
        put(node, "requestId", context.requestId());
        put(node, "address", context.address());
        put(node, "host", context.host());
        put(node, "method", context.method());
        put(node, "userAgent", context.userAgent());
        if (context.secure()) {
            node.put("secure", true);
        }
        put(node, "instance", Optional.of(context.instance()).filter(instance -> !instance.isEmpty()));
        return node;
    }

    private static void put(ObjectNode node, String name, Optional<String> value) {
        value.ifPresent(text -> node.put(name, WellFormed.text(text)));
    }

    private static RegistryEvent read(JsonObject event) {
        RegistryEvent.Builder builder = RegistryEvent.builder(
                        parse(event, "type", EventType::parse), parse(event, "repository", RepositoryName::parse))
                .id(parse(event, "id", EventId::parse))
                .when(parse(event, "when", EventCodec::instant))
                .context(event.object("context").map(EventCodec::readContext).orElse(EventContext.none()));
        if (event.has("descriptor")) {
            builder.descriptor(readDescriptor(event.requireObject("descriptor")));
        } else if (event.has("digest")) {
            builder.digest(parse(event, "digest", Digest::parse));
        }
        List<Tag> tags = new ArrayList<>();
        for (String tag : event.strings("tags")) {
            tags.add(parsed(event, "tags", tag, Tag::parse));
        }
        builder.tags(tags);
        if (event.has("mountedFrom")) {
            builder.mountedFrom(parse(event, "mountedFrom", RepositoryName::parse));
        }
        return builder.build();
    }

    /** Unlike a descriptor of a document, that of an event may have an empty media type, and data that nobody verified. */
    private static Descriptor readDescriptor(JsonObject descriptor) {
        long size = descriptor.requireInteger("size");
        if (size < 0) {
            throw descriptor.malformed("size", "must not be negative");
        }
        return new Descriptor(
                descriptor.string("mediaType").orElse(""),
                parse(descriptor, "digest", Digest::parse),
                size,
                descriptor.string("artifactType"),
                descriptor.stringMap("annotations"),
                descriptor.strings("urls"),
                descriptor.object("platform").map(DescriptorJson::readPlatform),
                descriptor.string("data"));
    }

    private static EventContext readContext(JsonObject context) {
        EventContext.Builder builder = EventContext.builder()
                .actor(context.string("actor").orElse(""))
                .secure(context.flag("secure"))
                .instance(context.string("instance").orElse(""));
        context.string("requestId").ifPresent(builder::requestId);
        context.string("address").ifPresent(builder::address);
        context.string("host").ifPresent(builder::host);
        context.string("method").ifPresent(builder::method);
        context.string("userAgent").ifPresent(builder::userAgent);
        return builder.build();
    }

    private static <T> T parse(JsonObject object, String name, Function<String, T> parser) {
        return parsed(object, name, object.requireString(name), parser);
    }

    private static <T> T parsed(JsonObject object, String name, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw object.malformed(name, "is not valid: " + e.getMessage());
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("this is not a time", e);
        }
    }
}
