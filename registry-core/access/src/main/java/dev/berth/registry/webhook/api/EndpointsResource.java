package dev.berth.registry.webhook.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.internal.management.Actor;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.Fields;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.WebhookStatus;
import dev.berth.registry.webhook.Webhooks;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Endpoints and how the delivery to them goes. */
final class EndpointsResource {
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1000;

    private final Webhooks webhooks;
    private final ManagedEndpoints managed;
    private final Changes changes;
    private final EndpointLimits limits;

    EndpointsResource(Webhooks webhooks, ManagedEndpoints managed, Changes changes, EndpointLimits limits) {
        this.webhooks = webhooks;
        this.managed = managed;
        this.changes = changes;
        this.limits = limits;
    }

    List<Route> routes() {
        return List.of(
                Route.get("endpoints", this::list, "after", "limit"),
                Route.post("endpoints", this::add, EndpointFields.NAMES.toArray(String[]::new))
                        .withMap(EndpointFields.HEADERS),
                Route.put("endpoints", this::put, EndpointFields.NAMES.toArray(String[]::new))
                        .withMap(EndpointFields.HEADERS),
                Route.delete("endpoints", this::remove, "name"),
                Route.get("endpoint", this::get, "name"));
    }

    private Answer list(Call call) {
        call.require(!call.actor().administered().isEmpty(), Actor.neededIn("repositories"));
        int limit = call.limit("limit", PAGE, LARGEST_PAGE);
        String after = call.find("after").orElse("");
        List<WebhookEndpoint> following = managed.all().stream()
                .filter(endpoint -> endpoint.name().compareTo(after) > 0)
                .filter(endpoint -> ManagedEndpoints.manages(call.actor(), endpoint))
                .toList();
        List<WebhookEndpoint> page = following.subList(0, Math.min(limit, following.size()));
        ObjectNode content = Answer.object();
        ArrayNode endpoints = content.putArray("endpoints");
        page.forEach(endpoint -> describe(endpoint, call.actor(), endpoints.addObject()));
        if (page.size() < following.size()) {
            content.put("next", page.get(limit - 1).name());
        }
        return Answer.of(content);
    }

    private Answer get(Call call) {
        return Answer.of(describe(managed.require(call), call.actor(), Answer.object()));
    }

    private ObjectNode describe(WebhookEndpoint endpoint, Actor actor, ObjectNode node) {
        EndpointText.describe(endpoint, node);
        Optional<WebhookStatus> status = webhooks.status(endpoint.name());
        status.ifPresent(known -> EndpointText.describe(known, actor.isAdministrator(), node));
        return node;
    }

    /** Adds one, and changes none that there is. */
    private Answer add(Call call) {
        String name = call.text("name");
        return put(call, name, found -> {
            managed.requireToPut(call, name, found);
            if (found.isPresent()) {
                throw Fields.invalid(
                        "There is a webhook '" + name + "' already; choose another name, or change that one");
            }
            return wanted(call, name, found);
        });
    }

    private Answer put(Call call) {
        String name = call.text("name");
        return put(call, name, found -> wanted(call, name, found));
    }

    private Answer put(Call call, String name, Function<Optional<WebhookEndpoint>, WebhookEndpoint> wanted) {
        Changes.Change change = changes.put(name, wanted);
        boolean added = change.before().isEmpty();
        WebhookEndpoint endpoint = change.after();
        changes.told()
                .tell(
                        call,
                        name,
                        (added ? "webhook added: " : "webhook changed: ") + Origin.of(endpoint.url()) + ", "
                                + endpoint.format().word() + ", " + endpoint.filter());
        ObjectNode content = describe(endpoint, call.actor(), Answer.object());
        return added ? Answer.created(content) : Answer.of(content);
    }

    private WebhookEndpoint wanted(Call call, String name, Optional<WebhookEndpoint> found) {
        managed.requireToPut(call, name, found);
        WebhookEndpoint endpoint = EndpointFields.read(call, name, found);
        for (NamePattern pattern : endpoint.filter().repositories().patterns()) {
            call.require(call.actor().administers(pattern), Actor.neededIn(pattern.toString()));
        }
        limits.check(call.actor(), endpoint, managed.all(), found.isEmpty());
        return endpoint;
    }

    private Answer remove(Call call) {
        WebhookEndpoint removed = changes.remove(call);
        changes.told().tell(call, removed.name(), "webhook removed, with what waited for it");
        return Answer.done();
    }
}
