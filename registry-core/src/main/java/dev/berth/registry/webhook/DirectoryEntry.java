package dev.berth.registry.webhook;

import java.time.Instant;
import java.util.Optional;

/**
 * What all nodes know of an endpoint.
 *
 * @param stored the endpoint, if it is of the API; one of a configuration is known whole to the nodes that have it only
 * @param disabled why it gets nothing any more, if so
 * @param since when the node has started that has written it last, if it is of a configuration
 * @param seen when a node has last said that it has it in its configuration
 */
record DirectoryEntry(
        String name,
        Optional<WebhookEndpoint> stored,
        EventFilter filter,
        boolean active,
        Optional<String> disabled,
        Instant since,
        Instant seen) {

    static DirectoryEntry ofApi(WebhookEndpoint endpoint, Instant now) {
        return new DirectoryEntry(
                endpoint.name(),
                Optional.of(endpoint),
                endpoint.filter(),
                endpoint.active(),
                Optional.empty(),
                now,
                now);
    }

    static DirectoryEntry ofConfiguration(WebhookEndpoint endpoint, Instant since, Instant now) {
        return new DirectoryEntry(
                endpoint.name(), Optional.empty(), endpoint.filter(), endpoint.active(), Optional.empty(), since, now);
    }

    DirectoryEntry withDisabled(Optional<String> newDisabled) {
        return new DirectoryEntry(name, stored, filter, active, newDisabled, since, seen);
    }

    /** Returns whether events are queued for it. */
    boolean takes() {
        return active && disabled.isEmpty();
    }
}
