package dev.berth.registry.server;

import dev.berth.registry.internal.wire.WireHeaders;

/** How every answer of the API begins. */
final class Answers {
    private Answers() {}

    /** Begins an answer of the API. */
    static RegistryResponse.Builder begin(int status) {
        return RegistryResponse.builder(status).header(WireHeaders.API_VERSION, WireHeaders.API_VERSION_VALUE);
    }

    /** Begins an answer with a JSON body. */
    static RegistryResponse.Builder json(int status, byte[] body) {
        return begin(status).header(WireHeaders.CONTENT_TYPE, WireHeaders.JSON).body(ResponseBody.of(body));
    }
}
