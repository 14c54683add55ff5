package dev.berth.registry.testing;

import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;

/** What a {@link Fault} does to a request: a filter as data. */
interface Effect {

    /** Answers the request, as {@link dev.berth.registry.server.ServerFilter#filter} does. */
    RegistryResponse apply(RegistryRequest request, RegistryHandler next, FaultContext context) throws IOException;

    /** Returns whether this only makes sense where tokens are handed out. */
    default boolean needsTokens() {
        return false;
    }
}
