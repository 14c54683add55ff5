package dev.berth.registry.webhook.api;

import dev.berth.registry.access.NamePattern;
import dev.berth.registry.internal.management.Actor;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.Webhooks;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Who manages which endpoints. A refusal is the same whether or not there is an endpoint of a name. Thread-safe. */
final class ManagedEndpoints {
    private static final String NEEDED =
            "the role admin in all repositories of the webhook; the name of a new one begins"
                    + " with that of the organisation and a dot, such as acme.deploy";

    private final Webhooks webhooks;

    ManagedEndpoints(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    /** Returns whether all repositories of the endpoint are those of the actor. */
    static boolean manages(Actor actor, WebhookEndpoint endpoint) {
        return actor.isAdministrator()
                || endpoint.filter().repositories().patterns().stream().allMatch(actor::administers);
    }

    /** Returns all endpoints, in the order of their names. */
    List<WebhookEndpoint> all() {
        return webhooks.endpoints().stream()
                .sorted(Comparator.comparing(WebhookEndpoint::name))
                .toList();
    }

    Optional<WebhookEndpoint> find(String name) {
        return webhooks.endpoints().stream()
                .filter(endpoint -> endpoint.name().equals(name))
                .findFirst();
    }

    /** Returns the endpoint that the call names, which the actor manages. */
    WebhookEndpoint require(Call call) {
        return require(call, find(call.text("name")));
    }

    WebhookEndpoint require(Call call, Optional<WebhookEndpoint> found) {
        call.require(
                call.actor().isAdministrator()
                        || found.filter(endpoint -> manages(call.actor(), endpoint))
                                .isPresent(),
                NEEDED);
        return found.orElseThrow(() -> Call.missing("webhook '" + call.text("name") + "' that this node knows"));
    }

    /** Refuses who may neither change the endpoint that was found, nor add one of this name. */
    void requireToPut(Call call, String name, Optional<WebhookEndpoint> found) {
        Actor actor = call.actor();
        call.require(
                actor.isAdministrator()
                        || found.map(endpoint -> manages(actor, endpoint)).orElseGet(() -> isOwnName(actor, name)),
                NEEDED);
    }

    private static boolean isOwnName(Actor actor, String name) {
        return actor.administered().stream()
                .map(ManagedEndpoints::organisation)
                .anyMatch(organisation -> name.startsWith(organisation + "."));
    }

    private static String organisation(NamePattern pattern) {
        String text = pattern.toString();
        int slash = text.indexOf('/');
        return slash < 0 ? text : text.substring(0, slash);
    }
}
