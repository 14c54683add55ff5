package dev.berth.registry.console.operation.webhook;

import static dev.berth.registry.console.html.Html.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Attempt;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Manager;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Visit;
import java.util.Map;
import java.util.Optional;

/** Forms that add a webhook and change one. */
final class EndpointFormPages {
    static final String ADD = "add";
    static final String CHANGE = "change";

    private final Desk desk;

    EndpointFormPages(Desk desk) {
        this.desk = desk;
    }

    Map<String, Pages> pages() {
        return Map.of(
                desk.path() + "/" + ADD, (visit, rest) -> add(visit),
                desk.path() + "/" + CHANGE, (visit, rest) -> change(visit));
    }

    private Optional<PageAnswer> add(Visit visit) {
        if (Apis.find(visit, Endpoints.ALL, Map.of("limit", "1")).isEmpty()) {
            return Optional.empty();
        }
        EndpointForm form = EndpointForm.of(visit, defaults(visit));
        Attempt added = Attempt.of(visit, management -> management.post(Endpoints.ALL, form.fields()));
        if (added.isDone()) {
            return Optional.of(PageAnswer.seeOther(desk.link(Endpoints.ONE).with(Endpoints.NAME, form.name())));
        }
        return desk.show(
                visit,
                added,
                "Add a webhook",
                text("Add a webhook"),
                Forms.post(
                        visit,
                        desk.link(ADD),
                        Forms.field("Name: letters, digits, dots and dashes", Endpoints.NAME, form.name()),
                        Forms.field("URL to send to", EndpointForm.URL, form.value(EndpointForm.URL)),
                        form.settings(),
                        Forms.button("Add the webhook")));
    }

    private static JsonNode defaults(Visit visit) {
        Manager manager = Manager.of(visit);
        ObjectNode defaults = JsonNodeFactory.instance.objectNode();
        String first = manager.organisations().stream()
                .filter(organisation -> !manager.administrator())
                .findFirst()
                .orElse("");
        defaults.put(Endpoints.NAME, first.isEmpty() ? "" : first + ".");
        defaults.putArray("repositories").add(first.isEmpty() ? "**" : first + "/**");
        return defaults.put("format", "cloudevents").put("timeout", "5s").put("active", true);
    }

    private Optional<PageAnswer> change(Visit visit) {
        return Endpoints.changeable(visit).flatMap(endpoint -> {
            EndpointForm form = EndpointForm.of(visit, endpoint);
            Attempt changed = Attempt.of(visit, management -> management.put(Endpoints.ALL, form.fields()));
            if (changed.isDone()) {
                return Optional.of(PageAnswer.seeOther(Endpoints.link(desk, endpoint)));
            }
            String name = Endpoints.name(endpoint);
            return desk.show(
                    visit,
                    changed,
                    "Change a webhook",
                    Desk.heading("Change the webhook ", name, ""),
                    Forms.post(
                            visit,
                            desk.link(CHANGE),
                            Forms.hidden(Endpoints.NAME, name),
                            Forms.field(
                                    "URL to send to; empty for the present one, which is not shown",
                                    EndpointForm.URL,
                                    form.value(EndpointForm.URL)),
                            form.settings(),
                            Show.actions(
                                    Forms.button("Change the webhook"),
                                    Show.link(Endpoints.link(desk, endpoint), "Cancel"))));
        });
    }
}
