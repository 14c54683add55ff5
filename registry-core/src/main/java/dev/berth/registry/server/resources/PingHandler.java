package dev.berth.registry.server.resources;

import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.RegistryResponse;
import java.nio.charset.StandardCharsets;

/** Tells that this is a registry; clients also use it to find out how to authenticate (end-1). */
final class PingHandler implements ResourceHandler {
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.US_ASCII);

    @Override
    public RegistryResponse handle(ApiCall call) {
        return ApiResponses.json(200, BODY)
                .header(WireHeaders.FEATURES, WireHeaders.FEATURE_TAG_CONDITIONS)
                .header(WireHeaders.FEATURES, WireHeaders.FEATURE_TAG_DELETION)
                .build();
    }
}
