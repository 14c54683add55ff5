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
 *   <li>{@link dev.berth.registry.webhook.Webhooks} is the sink of events that keeps them in a store until they were
 *       delivered, by whichever node over the store is there; {@link dev.berth.registry.webhook.WebhookOptions} say for how
 *       long and how many. {@link dev.berth.registry.webhook.WebhookStatus} and
 *       {@link dev.berth.registry.webhook.DeliveryListener} tell how that goes, and
 *       {@link dev.berth.registry.webhook.DeadLetters} are what was given up.
 *   <li>{@link dev.berth.registry.webhook.EventListeners} are for listeners in the process.
 * </ul>
 *
 * <p>How delivery works: a publish is an entry of the log. The node that has the lease of the log moves entries into the
 * queue of each endpoint ({@code Distributor}). The node that has the lease of an endpoint keeps its queue in memory as
 * lanes, one for each repository ({@code Backlog}), and sends what is due ({@code EndpointDelivery}). Why nothing is lost
 * or reordered by that is said in {@code dev.berth.registry.internal.eventlog}.
 */
@NullMarked
package dev.berth.registry.webhook;

import org.jspecify.annotations.NullMarked;
