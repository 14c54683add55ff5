/**
 * The management of webhooks from outside: an HTTP API for endpoints, their secrets, tests and dead letters, see
 * {@link dev.berth.registry.webhook.api.WebhookApi}.
 */
@NullMarked
package dev.berth.registry.webhook.api;

import org.jspecify.annotations.NullMarked;
