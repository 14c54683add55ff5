package dev.berth.registry.internal.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.json.JsonObject;

/** How a value is written as the JSON object that an object of the store is, beside the version of the format. */
public interface Format<T> {

    /**
     * Reads a value.
     *
     * @throws RuntimeException that says what is wrong, without a secret
     */
    T read(JsonObject json);

    /** Writes a value. */
    void write(T value, ObjectNode json);
}
