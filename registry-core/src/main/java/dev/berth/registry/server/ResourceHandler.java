package dev.berth.registry.server;

import java.io.IOException;

/** ApiResponses the requests for one resource of the API. HEAD comes as a method of its own where it is cheaper than GET. */
@FunctionalInterface
interface ResourceHandler {

    /** ApiResponses a call whose method the resource takes. Fails as {@link RegistryHandler#handle} does. */
    RegistryResponse handle(ApiCall call) throws IOException;
}
