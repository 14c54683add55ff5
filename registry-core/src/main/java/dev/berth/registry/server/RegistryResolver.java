package dev.berth.registry.server;

import dev.berth.registry.Registry;

/**
 * Determines which registry a caller sees. Called for each request, so it should be quick; the server does not close
 * what it returns. Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RegistryResolver {

    /**
     * Returns the registry for a request.
     *
     * @param caller who makes the request; its limit allows the access
     * @param access what the request asks for
     * @param request the request
     * @throws dev.berth.registry.RegistryException if there is none for this caller
     */
    Registry resolve(Caller caller, RequestedAccess access, RegistryRequest request);

    /** Returns a resolver by which everyone sees the same registry. */
    static RegistryResolver fixed(Registry registry) {
        return (caller, access, request) -> registry;
    }
}
