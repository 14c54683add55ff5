package dev.berth.registry.webhook.api;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.ChangeAudit;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.Webhooks;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Changes endpoints as they were when the rights to do so were looked at. Thread-safe. */
final class Changes {
    private static final int ATTEMPTS = 10;

    private final Webhooks webhooks;
    private final ManagedEndpoints managed;
    private final ChangeAudit told;

    Changes(Webhooks webhooks, ManagedEndpoints managed, ChangeAudit told) {
        this.webhooks = webhooks;
        this.managed = managed;
        this.told = told;
    }

    ChangeAudit told() {
        return told;
    }

    /**
     * What was changed.
     *
     * @param before what there was
     * @param after what there is
     */
    record Change(Optional<WebhookEndpoint> before, WebhookEndpoint after) {}

    /**
     * Puts an endpoint in place of what there is.
     *
     * @param wanted looks at the rights, and returns the endpoint to put; called again if another change comes first
     */
    Change put(String name, Function<Optional<WebhookEndpoint>, WebhookEndpoint> wanted) {
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<WebhookEndpoint> seen = managed.find(name);
            WebhookEndpoint endpoint = wanted.apply(seen);
            if (webhooks.putIfUnchanged(endpoint, seen)) {
                return new Change(seen, endpoint);
            }
        }
        throw changedMeanwhile(name);
    }

    /** Changes the endpoint that the call names, which the actor manages. */
    Change change(Call call, UnaryOperator<WebhookEndpoint> change) {
        return put(call.text("name"), found -> change.apply(managed.require(call, found)));
    }

    /** Removes the endpoint that the call names, which the actor manages. */
    WebhookEndpoint remove(Call call) {
        for (int i = 0; i < ATTEMPTS; i++) {
            WebhookEndpoint seen = managed.require(call);
            if (webhooks.removeIfUnchanged(seen)) {
                return seen;
            }
        }
        throw changedMeanwhile(call.text("name"));
    }

    private static RegistryException changedMeanwhile(String name) {
        return RegistryException.of(
                ErrorCode.PRECONDITION_FAILED,
                "The webhook '" + name + "' is being changed by others at the same time; try again");
    }
}
