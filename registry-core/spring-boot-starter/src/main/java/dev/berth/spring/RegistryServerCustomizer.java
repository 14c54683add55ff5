package dev.berth.spring;

import dev.berth.registry.server.RegistryServer;

/**
 * Changes how a registry is served before its handler is built: limits, filters, an access log. What concerns sockets has no
 * effect, since those are the container's. A bean of the application; all are called, in their order.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RegistryServerCustomizer {

    /** Changes the builder, which has what the properties say. */
    void customize(RegistryServer.Builder builder);
}
