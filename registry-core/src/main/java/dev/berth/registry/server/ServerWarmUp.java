package dev.berth.registry.server;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.server.resources.ErrorResponses;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uses the classes that responses need, so that they are initialised. A class whose initialiser fails, because there is no
 * memory at that moment, cannot be used until the process ends.
 */
final class ServerWarmUp {
    private static final Logger log = LoggerFactory.getLogger(RegistryServer.class);

    private ServerWarmUp() {}

    static void run() {
        RegistryRequest request = RegistryRequest.builder("GET", "/v2/").build();
        RegistryResponse busy = ErrorResponses.overloaded("This is a rehearsal");
        RegistryResponse invalid =
                ErrorResponses.of(request, RegistryException.of(ErrorCode.MANIFEST_INVALID, "This is a rehearsal"));
        log.trace("Responses {} and {} can be made, request {}", busy.status(), invalid.status(), request.requestId());
        parse("{\"a\":[1,1.5e9,{\"b\":\"\\u00e9\"}],\"a\":true,\"mediaType\":null}");
    }

    private static void parse(String twice) {
        byte[] bytes = twice.getBytes(StandardCharsets.UTF_8);
        StrictJson.parseFields(ByteBuffer.wrap(bytes), Set.of("mediaType"));
        try {
            StrictJson.parse(bytes);
        } catch (MalformedJsonException e) {
            log.trace("Malformed documents are found: {}", e.getMessage());
        }
    }
}
