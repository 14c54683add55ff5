package dev.berth.spring;

import dev.berth.registry.host.HostedRegistryBuilder;

/**
 * Changes the registry of an application before it is built: rules for tags, quotas, webhooks, layers of its own. A bean of
 * the application; all are called, in their order.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HostedRegistryCustomizer {

    /** Changes the builder, which has what the properties say. */
    void customize(HostedRegistryBuilder builder);
}
