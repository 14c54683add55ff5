package dev.berth.registry.console.operation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what the management APIs answer. */
public final class Json {
    private Json() {}

    /** Returns a text of an object. */
    public static String text(JsonNode object, String name) {
        return object.path(name).asText();
    }

    /** Returns a text of an object, or empty if it is absent or empty. */
    public static Optional<String> find(JsonNode object, String name) {
        return Optional.of(text(object, name)).filter(text -> !text.isEmpty());
    }

    /** Returns the texts of a list. */
    public static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    /** Returns the objects of a list. */
    public static List<JsonNode> objects(JsonNode list) {
        List<JsonNode> objects = new ArrayList<>();
        list.forEach(objects::add);
        return objects;
    }
}
