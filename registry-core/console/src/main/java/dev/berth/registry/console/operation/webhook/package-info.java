/**
 * Pages for administrators about webhooks: where events are sent, how the delivery goes, and what was given up. They show and
 * change what the management of webhooks does, in the name of whoever has signed in.
 */
@NullMarked
package dev.berth.registry.console.operation.webhook;

import org.jspecify.annotations.NullMarked;
