package dev.berth.examples.standalone.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A repository as a registry describes it. The texts come from strangers.
 *
 * @param name its name
 * @param description what it says about itself
 * @param official whether the operator of the registry vouches for it
 * @param tags how many tags it has, if the registry says it
 * @param size the bytes of its newest image
 * @param pushed when something was pushed last
 */
record FoundRepository(
        String name,
        String description,
        boolean official,
        Optional<Long> tags,
        Optional<Long> size,
        Optional<String> pushed) {

    /** Reads an element of what the console's API answers. */
    static FoundRepository ofConsole(JsonNode entry) {
        return new FoundRepository(
                entry.path("name").asText(),
                entry.path("description").asText(),
                entry.path("official").asBoolean(),
                number(entry, "tags"),
                number(entry, "size"),
                Optional.ofNullable(entry.path("pushed").textValue()));
    }

    /** Reads an element of what is answered to 'docker search'. */
    static FoundRepository ofDocker(JsonNode entry) {
        return new FoundRepository(
                entry.path("name").asText(),
                entry.path("description").asText(),
                entry.path("is_official").asBoolean(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Long> number(JsonNode entry, String name) {
        return entry.path(name).isIntegralNumber()
                ? Optional.of(entry.path(name).longValue())
                : Optional.empty();
    }

    ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("description", description)
                .put("official", official);
        tags.ifPresent(number -> node.put("tags", number));
        size.ifPresent(bytes -> node.put("size", bytes));
        pushed.ifPresent(time -> node.put("pushed", time));
        return node;
    }
}
