/**
 * Webhooks: telling other programs what happened in a registry.
 *
 * <ul>
 *   <li>A {@link dev.berth.registry.webhook.WebhookEndpoint} is a receiver: its URL, which events it gets
 *       ({@link dev.berth.registry.webhook.EventFilter}), in which form
 *       ({@link dev.berth.registry.webhook.WebhookFormat}), and signed with which
 *       {@link dev.berth.registry.webhook.WebhookSecret}.
 *   <li>A {@link dev.berth.registry.webhook.WebhookSender} makes one attempt to deliver one
 *       {@link dev.berth.registry.webhook.WebhookMessage}, and says how it went with a
 *       {@link dev.berth.registry.webhook.SendResult}. {@link dev.berth.registry.webhook.HttpWebhookSender} is the one for
 *       HTTP, which leads nowhere inside unless {@link dev.berth.registry.webhook.WebhookHttpOptions} allow it.
 * </ul>
 */
@NullMarked
package dev.berth.registry.webhook;

import org.jspecify.annotations.NullMarked;
