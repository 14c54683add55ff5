package dev.berth.registry.webhook.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.ChangeAudit;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.webhook.SendResult;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.Webhooks;
import java.util.List;

/** Test messages, and the end of a 410. Both are for endpoints of the configuration as well. */
final class DeliveryResource {
    private static final String NOT_DELIVERED =
            "The receiver did not take the message; the audit of the registry says why";
    private static final String GONE = "The receiver wants no more messages";
    private static final String NO_MESSAGE = "The format of the webhook has no message for a test";

    private final Webhooks webhooks;
    private final ManagedEndpoints managed;
    private final TestLimit limit;
    private final ChangeAudit told;

    DeliveryResource(Webhooks webhooks, ManagedEndpoints managed, TestLimit limit, ChangeAudit told) {
        this.webhooks = webhooks;
        this.managed = managed;
        this.limit = limit;
        this.told = told;
    }

    List<Route> routes() {
        return List.of(Route.post("enable", this::enable, "name"), Route.post("test", this::test, "name"));
    }

    private Answer enable(Call call) {
        WebhookEndpoint endpoint = managed.require(call);
        if (webhooks.enable(endpoint.name())) {
            told.tell(call, endpoint.name(), "webhook enabled, which was disabled since the receiver wanted no more");
        }
        return Answer.done();
    }

    /** The answer is the same whatever stands, or does not, behind an address. */
    private Answer test(Call call) {
        WebhookEndpoint endpoint = managed.require(call);
        SendResult result = limit.within(call.actor().name(), () -> webhooks.test(endpoint.name()));
        ObjectNode content = Answer.object().put("delivered", result instanceof SendResult.Delivered);
        String why = "";
        if (result instanceof SendResult.Failed failed) {
            content.put("reason", NOT_DELIVERED);
            why = ": " + failed.reason();
        } else if (result instanceof SendResult.Gone) {
            content.put("reason", GONE);
            why = ": " + GONE;
        } else if (result instanceof SendResult.NotForFormat) {
            content.put("reason", NO_MESSAGE);
            why = ": " + NO_MESSAGE;
        }
        told.tell(call, endpoint.name(), "test message " + (why.isEmpty() ? "delivered" : "not delivered" + why));
        return Answer.of(content);
    }
}
