package dev.berth.registry.webhook.api;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.WebhookSecret;
import java.util.ArrayList;
import java.util.List;

/** The secrets that sign messages. The first one is the newest. */
final class SecretsResource {
    private static final int MOST = 4;

    private final Changes changes;

    SecretsResource(Changes changes) {
        this.changes = changes;
    }

    List<Route> routes() {
        return List.of(Route.post("secrets", this::rotate, "name"), Route.delete("secrets", this::dropOlder, "name"));
    }

    /** Adds a secret. Messages have a signature by each, until the receiver knows the new one. */
    private Answer rotate(Call call) {
        WebhookSecret added = WebhookSecret.generate();
        WebhookEndpoint endpoint =
                changes.change(call, before -> with(added, before)).after();
        changes.told()
                .tell(
                        call,
                        endpoint.name(),
                        "secret added; there are " + endpoint.secrets().size());
        return Answer.created(Answer.object()
                .put("name", endpoint.name())
                .put("secret", added.encoded())
                .put("secrets", endpoint.secrets().size()));
    }

    private static WebhookEndpoint with(WebhookSecret added, WebhookEndpoint endpoint) {
        if (endpoint.secrets().size() >= MOST) {
            throw RegistryException.of(
                    ErrorCode.PRECONDITION_FAILED,
                    "The webhook '" + endpoint.name() + "' has " + MOST + " secrets; drop the older ones first");
        }
        List<WebhookSecret> secrets = new ArrayList<>(List.of(added));
        secrets.addAll(endpoint.secrets());
        return endpoint.toBuilder().secrets(secrets).build();
    }

    private Answer dropOlder(Call call) {
        Changes.Change change = changes.change(
                call,
                before -> before.toBuilder()
                        .secrets(before.secrets().stream().limit(1).toList())
                        .build());
        int dropped = change.before().map(before -> before.secrets().size()).orElse(0)
                - change.after().secrets().size();
        if (dropped > 0) {
            changes.told().tell(call, change.after().name(), "secrets dropped: " + dropped + " older than the newest");
        }
        return Answer.done();
    }
}
