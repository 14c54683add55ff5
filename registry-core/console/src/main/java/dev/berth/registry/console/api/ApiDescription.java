package dev.berth.registry.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The description of the API in OpenAPI 3.1, put together from those of its parts. */
public final class ApiDescription {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The first one says what the others are part of. */
    private static final List<String> PARTS = List.of(
            "base",
            "lists",
            "account",
            "statistics",
            "content",
            "access",
            "webhooks",
            "mirrors",
            "maintenance",
            "scan");

    private ApiDescription() {}

    /**
     * Returns it.
     *
     * @throws IllegalStateException if two parts describe the same thing
     */
    public static byte[] load() {
        ObjectNode whole = read(PARTS.get(0));
        PARTS.stream().skip(1).map(ApiDescription::read).forEach(part -> {
            add(whole.withObject("/paths"), part.path("paths"));
            add(whole.withObject("/components/schemas"), part.path("components").path("schemas"));
        });
        try {
            return JSON.writeValueAsBytes(whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(ObjectNode all, JsonNode more) {
        more.properties().forEach(entry -> {
            if (all.has(entry.getKey())) {
                throw new IllegalStateException("The API has two descriptions of " + entry.getKey());
            }
            all.set(entry.getKey(), entry.getValue());
        });
    }

    private static ObjectNode read(String part) {
        try (InputStream resource = ApiDescription.class.getResourceAsStream("openapi/" + part + ".json")) {
            if (resource == null) {
                throw new IllegalStateException("The module lacks the description of its API: " + part);
            }
            return (ObjectNode) JSON.readTree(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
