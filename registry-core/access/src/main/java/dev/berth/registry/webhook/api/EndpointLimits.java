package dev.berth.registry.webhook.api;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.internal.management.Actor;
import dev.berth.registry.webhook.WebhookEndpoint;
import java.util.List;

/**
 * How many endpoints there may be.
 *
 * @param inPattern within each pattern that the one who adds it administers, unless that is everything
 * @param inAll in the registry
 */
record EndpointLimits(int inPattern, int inAll) {

    EndpointLimits {
        if (inPattern < 0 || inAll < 0) {
            throw new IllegalArgumentException("A number of webhooks is not negative");
        }
    }

    /** Refuses an endpoint for which there is no room beside the others. */
    void check(Actor actor, WebhookEndpoint wanted, List<WebhookEndpoint> all, boolean adds) {
        List<WebhookEndpoint> others = all.stream()
                .filter(endpoint -> !endpoint.name().equals(wanted.name()))
                .toList();
        if (adds && others.size() >= inAll) {
            throw full(inAll, "in the registry");
        }
        if (actor.isAdministrator()) {
            return;
        }
        for (NamePattern pattern : actor.administered()) {
            long there =
                    others.stream().filter(other -> reaches(other, pattern)).count();
            if (reaches(wanted, pattern) && there >= inPattern) {
                throw full(inPattern, "within " + pattern);
            }
        }
    }

    private static boolean reaches(WebhookEndpoint endpoint, NamePattern pattern) {
        return endpoint.filter().repositories().patterns().stream().anyMatch(pattern::includes);
    }

    private static RegistryException full(int most, String where) {
        return RegistryException.of(
                ErrorCode.DENIED, "There may be " + most + " webhooks " + where + "; remove one first");
    }
}
