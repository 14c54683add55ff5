package dev.berth.registry.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares what the JSON API answers with its description. */
public final class Described {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMAS = "#/components/schemas/";

    private final JsonNode description;
    private final String part;
    private final Set<String> seen = new HashSet<>();

    /**
     * Compares with a part of the description.
     *
     * @param part the name of its fragment
     */
    public Described(String part) {
        this.part = part;
        this.description = read(ApiDescription.load());
    }

    private static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the methods and addresses below a path, each with its fields: {@code GET /api/v1/x [a, b]}. */
    public Set<String> addresses(String below) {
        Set<String> addresses = new TreeSet<>();
        description.path("paths").properties().stream()
                .filter(path -> path.getKey().startsWith(below))
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> addresses.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey()
                                + " " + fields(method.getValue()))));
        return addresses;
    }

    private static Set<String> fields(JsonNode operation) {
        Set<String> fields = new TreeSet<>();
        operation.path("parameters").forEach(parameter -> fields.add(parameter.path("name").asText()));
        operation
                .at("/requestBody/content/application~1json/schema/properties")
                .fieldNames()
                .forEachRemaining(fields::add);
        return fields;
    }

    /** Compares an answer with what is described for it. */
    public void check(String method, String path, int status, JsonNode answer) {
        JsonNode response = description
                .path("paths")
                .path(path)
                .path(method.toLowerCase(Locale.ROOT))
                .path("responses")
                .path(Integer.toString(status));
        assertThat(response.isMissingNode()).as("%s %s %d", method, path, status).isFalse();
        if (response.has("$ref")) {
            assertThat(answer.has("errors")).as(path).isTrue();
        } else {
            compare(response.at("/content/application~1json/schema"), answer, path, "");
        }
    }

    /** Returns the members of the named schemas of the part that no answer had. */
    public Set<String> unseen() {
        List<String> members = new ArrayList<>();
        try (var fragment = ApiDescription.class.getResourceAsStream("openapi/" + part + ".json")) {
            JSON.readTree(fragment)
                    .path("components")
                    .path("schemas")
                    .properties()
                    .forEach(schema ->
                            members(schema.getValue(), schema.getKey()).forEach(members::add));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set<String> unseen = new TreeSet<>(members);
        unseen.removeAll(seen);
        return unseen;
    }

    private static Stream<String> members(JsonNode schema, String name) {
        if (schema.has("items")) {
            return members(schema.path("items"), name);
        }
        return schema.path("properties").properties().stream()
                .flatMap(member -> Stream.concat(
                        Stream.of(name + "." + member.getKey()),
                        members(member.getValue(), name + "." + member.getKey())));
    }

    private void compare(JsonNode schema, JsonNode value, String where, String name) {
        if (schema.has("$ref")) {
            String type = schema.path("$ref").asText().substring(SCHEMAS.length());
            compare(description.at("/components/schemas/" + type), value, where, type);
            return;
        }
        if (schema.has("enum")) {
            assertThat(schema.path("enum")).as(where).contains(value);
            return;
        }
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            if (!value.isNull()) {
                compareText(schema, value, where);
            }
            return;
        }
        switch (type.asText()) {
            case "object" -> compareObject(schema, value, where, name);
            case "array" -> {
                assertThat(value.isArray()).as(where).isTrue();
                value.forEach(element -> compare(schema.path("items"), element, where + "[]", name));
            }
            case "string" -> compareText(schema, value, where);
            case "integer" -> assertThat(value.isIntegralNumber()).as(where).isTrue();
            case "boolean" -> assertThat(value.isBoolean()).as(where).isTrue();
            default -> throw new AssertionError("A schema has no type at " + where);
        }
    }

    private static void compareText(JsonNode schema, JsonNode value, String where) {
        assertThat(value.isTextual()).as(where).isTrue();
        if (schema.path("format").asText().equals("date-time")) {
            assertThat(Instant.parse(value.asText())).as(where).isNotNull();
        }
    }

    private void compareObject(JsonNode schema, JsonNode value, String where, String name) {
        assertThat(value.isObject()).as(where).isTrue();
        schema.path("required")
                .forEach(field -> assertThat(value.has(field.asText()))
                        .as("%s has %s", where, field)
                        .isTrue());
        value.properties().forEach(member -> {
            JsonNode described = schema.path("properties").path(member.getKey());
            assertThat(described.isObject())
                    .as("%s.%s is described", where, member.getKey())
                    .isTrue();
            String full = name + "." + member.getKey();
            seen.add(full);
            compare(described, member.getValue(), where + "." + member.getKey(), full);
        });
    }
}
