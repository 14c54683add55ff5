package dev.berth.registry.testing;

import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.util.Optional;

/** What a {@link Fault} does to a request: a filter as a value. */
interface Effect {

    /** Handles the request, as {@link dev.berth.registry.server.ServerFilter#filter} does. */
    RegistryResponse apply(RegistryRequest request, RegistryHandler next, Context context) throws IOException;

    /** Returns whether the effect needs a registry that issues tokens. */
    default boolean needsTokens() {
        return false;
    }

    /**
     * What effects use of the registry.
     *
     * @param waiting lets requests wait
     * @param tokens lets tokens expire; empty if the registry issues none
     */
    record Context(Waiting waiting, Optional<TokenAccess> tokens) {}
}
