package dev.berth.registry.maintenance.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.store.AuditPage;
import dev.berth.registry.audit.store.AuditQuery;
import dev.berth.registry.audit.store.AuditStore;
import dev.berth.registry.internal.management.Answer;
import dev.berth.registry.internal.management.Call;
import dev.berth.registry.internal.management.Fields;
import dev.berth.registry.internal.management.Route;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The audit, the newest first. */
final class AuditResource {
    private static final int PAGE = 100;

    private final Optional<AuditStore> audit;

    AuditResource(Optional<AuditStore> audit) {
        this.audit = audit;
    }

    List<Route> routes() {
        return List.of(Route.get("audit", this::list, "after", "limit", "caller", "repository", "type"));
    }

    private Answer list(Call call) {
        call.requireAdministrator();
        AuditQuery query = new AuditQuery(
                call.find("caller"),
                call.find("repository"),
                call.find("type").map(AuditResource::type).map(Set::of).orElse(Set.of()),
                call.find("after"),
                call.limit("limit", PAGE, AuditQuery.LARGEST));
        ObjectNode content = Answer.object();
        content.put("on", audit.isPresent());
        ArrayNode events = content.putArray("events");
        audit.ifPresent(store -> {
            content.put("keptSeconds", store.options().keep().toSeconds());
            AuditPage page = store.page(query);
            page.events().forEach(event -> describe(event, events.addObject()));
            page.next().ifPresent(next -> content.put("next", next));
        });
        return Answer.of(content);
    }

    private static AuditEvent.Type type(String text) {
        return Arrays.stream(AuditEvent.Type.values())
                .filter(type -> type.name().equals(text))
                .findFirst()
                .orElseThrow(() -> Fields.invalid("There is no such type; the types are "
                        + Arrays.stream(AuditEvent.Type.values())
                                .map(AuditEvent.Type::name)
                                .collect(Collectors.joining(", "))));
    }

    private static void describe(AuditEvent event, ObjectNode node) {
        node.put("time", event.time().toString());
        node.put("type", event.type().name());
        node.put("caller", event.caller());
        event.client().ifPresent(client -> node.put("client", client.getHostAddress()));
        node.put("request", event.requestId());
        node.put("credentials", event.credentials());
        node.put("repository", event.repository());
        node.put("target", event.target());
        node.put("outcome", event.outcome().name());
        node.put("reason", event.reason());
    }
}
