package dev.berth.examples.standalone.configuration.observability;

import dev.berth.registry.webhook.WebhookEndpoint;
import java.util.List;

/**
 * The section {@code notifications}.
 *
 * @param endpoints who is told what happens
 * @param allowInside names and networks of private addresses that endpoints may have
 */
public record NotificationSettings(List<WebhookEndpoint> endpoints, List<String> allowInside) {}
