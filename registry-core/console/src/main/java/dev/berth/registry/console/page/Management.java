package dev.berth.registry.console.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.RegistryException;
import java.util.Map;

/**
 * The APIs by which a registry is managed, in the name of whoever visits a page. What they refuse, they throw as a
 * {@link RegistryException} with their sentence.
 */
public interface Management {

    /**
     * Returns whether the registry has an API.
     *
     * @param path its prefix: {@code /berth/access/}
     */
    boolean has(String path);

    /** Asks for something. */
    JsonNode get(String path, Map<String, String> query);

    /** Adds something, and returns what is answered: an empty object if it is nothing. */
    JsonNode post(String path, Map<String, ?> fields);

    /** Changes something, and returns what is answered: an empty object if it is nothing. */
    JsonNode put(String path, Map<String, ?> fields);

    /** Removes something. */
    JsonNode delete(String path, Map<String, String> query);
}
