package dev.berth.registry.control;

import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.account.Logins;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.RegistryHandler;
import java.util.Map;

/** How callers log in. */
@FunctionalInterface
interface WayIn {

    /**
     * What lets callers in.
     *
     * @param authenticator what tells who the caller is
     * @param routes handlers beside the API, by their paths
     */
    record Door(Authenticator authenticator, Map<String, RegistryHandler> routes) {}

    Door open(Logins logins, AccessPolicy policy);
}
