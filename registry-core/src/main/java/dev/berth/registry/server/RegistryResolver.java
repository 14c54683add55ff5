package dev.berth.registry.server;

import dev.berth.registry.Registry;

/**
 * Determines the registry for a caller. Called for each request, so it should be quick. The server does not close the
 * registry. Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RegistryResolver {

    /**
     * Returns the registry for a request.
     *
     * @param caller the caller, whose limit permits the access
     * @param access the requested access
     * @param request the request
     * @throws dev.berth.registry.RegistryException if the caller has no registry
     */
    Registry resolve(Caller caller, RequestedAccess access, RegistryRequest request);

    /** Returns a resolver that returns the same registry for every request. */
    static RegistryResolver fixed(Registry registry) {
        return (caller, access, request) -> registry;
    }
}
