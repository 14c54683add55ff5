package dev.berth.spring;

import dev.berth.registry.access.RequestViews;
import dev.berth.registry.server.RegistryServer;

/**
 * Stands in front of a registry: who the callers are, and what they may do. A bean of the application replaces the one that
 * stands for the properties, for instance with an {@link dev.berth.registry.control.AccessControl} of its own.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RegistryAccess {

    /** Returns a builder for a server of the views of requests. */
    RegistryServer.Builder server(RequestViews views);
}
