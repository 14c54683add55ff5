package dev.berth.registry.server.resources;

import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;

/** ApiResponses the requests for one resource of the API. HEAD comes as a method of its own where it is cheaper than GET. */
@FunctionalInterface
public interface ResourceHandler {

    /** ApiResponses a call whose method the resource takes. Fails as {@link RegistryHandler#handle} does. */
    RegistryResponse handle(ApiCall call) throws IOException;
}
