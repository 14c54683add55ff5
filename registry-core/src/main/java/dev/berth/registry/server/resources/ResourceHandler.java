package dev.berth.registry.server.resources;

import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;

/** Handles the requests for one resource of the API. */
@FunctionalInterface
public interface ResourceHandler {

    /** Returns the response to a call whose method the resource takes. Fails as {@link RegistryHandler#handle} does. */
    RegistryResponse handle(ApiCall call) throws IOException;
}
