package dev.berth.registry.server;

import dev.berth.registry.Registry;

/**
 * Decides which registry a caller sees. Called for each request, so it should be quick; what it returns is not closed
 * by the server. Thread-safe.
 */
@FunctionalInterface
public interface RegistryResolver {

    /**
     * Returns the registry for this request.
     *
     * @throws dev.berth.registry.RegistryException if there is none for this caller
     */
    Registry resolve(Caller caller, RegistryRequest request);

    /** Everyone sees the same registry. */
    static RegistryResolver fixed(Registry registry) {
        return (caller, request) -> registry;
    }
}
