package dev.berth.registry.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The endpoints that all nodes know, by name. Immutable. Entries that this version cannot read are kept as they are. */
final class Directory {
    static final Directory EMPTY = new Directory(new TreeMap<>(), List.of());
    private static final int VERSION = 1;

    /** In the order of names. */
    private final Map<String, DirectoryEntry> entries;

    private final List<JsonNode> unread;

    private Directory(Map<String, DirectoryEntry> entries, List<JsonNode> unread) {
        this.entries = entries;
        this.unread = unread;
    }

    Collection<DirectoryEntry> entries() {
        return entries.values();
    }

    Optional<DirectoryEntry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** Returns whether somebody gets the event. */
    boolean wants(RegistryEvent event) {
        for (DirectoryEntry entry : entries.values()) {
            if (entry.takes() && entry.filter().matches(event)) {
                return true;
            }
        }
        return false;
    }

    Directory with(DirectoryEntry entry) {
        TreeMap<String, DirectoryEntry> changed = new TreeMap<>(entries);
        changed.put(entry.name(), entry);
        return new Directory(changed, unread);
    }

    Directory without(String name) {
        TreeMap<String, DirectoryEntry> changed = new TreeMap<>(entries);
        changed.remove(name);
        return new Directory(changed, unread);
    }

    /** Returns whether nothing is in it, and so no object is needed. */
    boolean isEmpty() {
        return entries.isEmpty() && unread.isEmpty();
    }

    /** Returns whether an entry has this name, whether or not this version can read it. */
    boolean names(String name) {
        return entries.containsKey(name)
                || unread.stream().anyMatch(node -> node.path("name").asText().equals(name));
    }

    byte[] toBytes() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("version", VERSION);
        ArrayNode array = document.putArray("endpoints");
        for (Map.Entry<String, DirectoryEntry> entry : entries.entrySet()) {
            array.add(EndpointJson.write(entry.getValue()));
        }
        unread.forEach(array::add);
        return StrictJson.write(document);
    }

    /** Reads the object; an empty one has nothing in it. The message of the exception shows nothing of the content. */
    static Directory parse(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return EMPTY;
        }
        try {
            JsonObject document = JsonObject.root(StrictJson.parse(bytes));
            if (document.requireInteger("version") != VERSION) {
                throw unreadable();
            }
            TreeMap<String, DirectoryEntry> entries = new TreeMap<>();
            List<JsonNode> unread = new ArrayList<>();
            for (JsonObject node : document.objects("endpoints")) {
                try {
                    DirectoryEntry entry = EndpointJson.read(node);
                    entries.put(entry.name(), entry);
                } catch (IllegalArgumentException | MalformedJsonException e) {
                    unread.add(node.node());
                }
            }
            return new Directory(entries, List.copyOf(unread));
        } catch (MalformedJsonException e) {
            throw unreadable();
        }
    }

    private static IOException unreadable() {
        return new IOException("The object of the endpoints of webhooks, _berth/events/endpoints, is damaged or of a"
                + " later version: update Berth, or delete the object and add the endpoints of the API again");
    }
}
