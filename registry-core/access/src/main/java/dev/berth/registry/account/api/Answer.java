package dev.berth.registry.account.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;
import org.jspecify.annotations.Nullable;

/** What an operation answers. */
record Answer(int status, @Nullable ObjectNode content) {
    static final String JSON = "application/json";

    static Answer of(ObjectNode content) {
        return new Answer(200, content);
    }

    static Answer created(ObjectNode content) {
        return new Answer(201, content);
    }

    static Answer done() {
        return new Answer(204, null);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    RegistryResponse response() {
        RegistryResponse.Builder response = RegistryResponse.builder(status).header("Cache-Control", "no-store");
        if (content != null) {
            response.header("Content-Type", JSON).body(ResponseBody.of(StrictJson.write(content)));
        }
        return response.build();
    }
}
