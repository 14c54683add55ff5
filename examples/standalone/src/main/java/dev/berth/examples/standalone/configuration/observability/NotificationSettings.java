package dev.berth.examples.standalone.configuration.observability;

import dev.berth.registry.webhook.WebhookEndpoint;
import java.util.List;

/**
 * The section {@code notifications}.
 *
 * @param endpoints who is told what happens
 * @param includeReferences whether the envelope of {@code registry:2} has the manifests and layers that a manifest names
 * @param allowInside names and networks of private addresses that endpoints may have
 */
public record NotificationSettings(List<WebhookEndpoint> endpoints, boolean includeReferences, List<String> allowInside) {}
