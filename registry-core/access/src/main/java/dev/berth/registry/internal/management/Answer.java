package dev.berth.registry.internal.management;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;
import org.jspecify.annotations.Nullable;

/** What an operation answers. */
public record Answer(int status, @Nullable ObjectNode content) {
    /** The media type of answers, and of changes. */
    public static final String JSON = "application/json";

    /** Returns the answer 200. */
    public static Answer of(ObjectNode content) {
        return new Answer(200, content);
    }

    /** Returns the answer 201. */
    public static Answer created(ObjectNode content) {
        return new Answer(201, content);
    }

    /** Returns the answer 204, without content. */
    public static Answer done() {
        return new Answer(204, null);
    }

    /** Returns a new object for an answer. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns the answer for the server. It must not be cached. */
    public RegistryResponse response() {
        RegistryResponse.Builder response = RegistryResponse.builder(status).header("Cache-Control", "no-store");
        if (content != null) {
            response.header("Content-Type", JSON).body(ResponseBody.of(StrictJson.write(content)));
        }
        return response.build();
    }
}
