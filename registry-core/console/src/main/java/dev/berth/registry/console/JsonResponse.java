package dev.berth.registry.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;

/** What programs get. */
final class JsonResponse {
    private JsonResponse() {}

    static RegistryResponse of(ObjectNode document) {
        return of(bytes(document));
    }

    static byte[] bytes(ObjectNode document) {
        return StrictJson.write(document);
    }

    static RegistryResponse of(byte[] document) {
        return RegistryResponse.builder(200)
                .header("Content-Type", "application/json")
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .body(ResponseBody.of(document))
                .build();
    }

    static RegistryResponse methodNotAllowed() {
        return RegistryResponse.builder(405).header("Allow", "GET, HEAD").build();
    }
}
