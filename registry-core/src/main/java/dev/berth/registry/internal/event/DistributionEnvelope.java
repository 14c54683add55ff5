package dev.berth.registry.internal.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Descriptor;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of Docker's registry, as its release 2.8.3 fills it. It has an event for each tag: one of ours that has
 * several, such as a manifest that is deleted with its tags, becomes several of its. Its Content-Type says version 1, as
 * that release does, although later documents say 2; the fields are the same. Values that its release omits where they are
 * empty or 0 are omitted.
 */
final class DistributionEnvelope implements EventFormat {
    private static final String CONTENT_TYPE = "application/vnd.docker.distribution.events.v1+json";

    private static final Map<EventType, String> ACTIONS = Map.of(
            EventType.MANIFEST_PUSHED, "push",
            EventType.BLOB_PUSHED, "push",
            EventType.TAG_SET, "push",
            EventType.MANIFEST_PULLED, "pull",
            EventType.BLOB_PULLED, "pull",
            EventType.BLOB_MOUNTED, "mount",
            EventType.MANIFEST_DELETED, "delete",
            EventType.BLOB_DELETED, "delete",
            EventType.TAG_DELETED, "delete");

    @Override
    public List<EventBody> bodies(List<RegistryEvent> events) {
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        ArrayNode array = envelope.putArray("events");
        for (RegistryEvent event : events) {
            String action = ACTIONS.get(event.type());
            if (action != null) {
                add(array, event, action);
            }
        }
        return array.isEmpty() ? List.of() : List.of(EventBody.of(CONTENT_TYPE, envelope));
    }

    private static void add(ArrayNode envelope, RegistryEvent event, String action) {
        List<Tag> tags = event.tags();
        if (event.type().equals(EventType.MANIFEST_DELETED)) {
            envelope.add(event(event, action, target(event, null), 0));
            for (int i = 0; i < tags.size(); i++) {
                envelope.add(event(event, action, deletedTag(event.repository(), tags.get(i)), i + 1));
            }
        } else if (event.type().equals(EventType.TAG_DELETED)) {
            for (int i = 0; i < tags.size(); i++) {
                envelope.add(event(event, action, deletedTag(event.repository(), tags.get(i)), i));
            }
        } else if (tags.isEmpty()) {
            envelope.add(event(event, action, target(event, null), 0));
        } else {
            for (int i = 0; i < tags.size(); i++) {
                envelope.add(event(event, action, target(event, tags.get(i)), i));
            }
        }
    }

    private static ObjectNode event(RegistryEvent event, String action, ObjectNode target, int number) {
        EventContext context = event.context();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", number == 0 ? event.id().value() : derivedId(event, number));
        node.put("timestamp", event.when().toString());
        node.put("action", action);
        node.set("target", target);
        ObjectNode request = node.putObject("request");
        request.put("id", WellFormed.text(context.requestId().orElse("")));
        context.address().ifPresent(address -> request.put("addr", WellFormed.text(address)));
        context.host().ifPresent(host -> request.put("host", WellFormed.text(host)));
        request.put("method", WellFormed.text(context.method().orElse("")));
        request.put("useragent", WellFormed.text(context.userAgent().orElse("")));
        ObjectNode actor = node.putObject("actor");
        if (!context.actor().isEmpty()) {
            actor.put("name", WellFormed.text(context.actor()));
        }
        ObjectNode source = node.putObject("source");
        source.put("instanceID", WellFormed.text(context.instance()));
        return node;
    }

    /** A repetition of the message has the same ids again. */
    private static String derivedId(RegistryEvent event, int number) {
        byte[] name = (event.id().value() + "/" + number).getBytes(StandardCharsets.US_ASCII);
        return UUID.nameUUIDFromBytes(name).toString();
    }

    private static ObjectNode target(RegistryEvent event, @Nullable Tag tag) {
        ObjectNode target = JsonNodeFactory.instance.objectNode();
        Optional<Descriptor> descriptor = event.descriptor();
        descriptor.ifPresent(content -> {
            target.put("mediaType", content.mediaType());
            if (content.size() > 0) {
                target.put("size", content.size());
            }
        });
        event.digest().ifPresent(digest -> target.put("digest", digest.toString()));
        descriptor.filter(content -> content.size() > 0).ifPresent(content -> target.put("length", content.size()));
        target.put("repository", event.repository().value());
        event.mountedFrom().ifPresent(from -> target.put("fromRepository", from.value()));
        if (descriptor.isPresent()) {
            ContentUrl.of(event).ifPresent(url -> target.put("url", url));
        }
        if (tag != null) {
            target.put("tag", tag.value());
        }
        return target;
    }

    private static ObjectNode deletedTag(RepositoryName repository, Tag tag) {
        ObjectNode target = JsonNodeFactory.instance.objectNode();
        target.put("repository", repository.value());
        target.put("tag", tag.value());
        return target;
    }
}
