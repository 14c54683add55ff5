package dev.berth.registry.console.operation.webhook;

import static dev.berth.registry.console.html.Html.number;
import static dev.berth.registry.console.html.Html.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Question;
import dev.berth.registry.console.operation.Rows;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All webhooks with how their delivery goes, and the end of one. */
final class EndpointPages {
    private static final String REMOVE = "remove";
    private static final String ROWS = "50";

    private final Desk desk;

    EndpointPages(Desk desk) {
        this.desk = desk;
    }

    Map<String, Pages> pages() {
        return Map.of(
                desk.path(),
                (visit, rest) -> visit.isPost() ? Optional.empty() : list(visit),
                desk.path() + "/" + REMOVE,
                (visit, rest) -> remove(visit));
    }

    private Optional<PageAnswer> list(Visit visit) {
        Optional<String> after = visit.asked(Links.AFTER);
        return Apis.find(visit, Endpoints.ALL, Map.of("after", after.orElse(""), "limit", ROWS))
                .flatMap(page -> desk.show(
                        visit,
                        "Webhooks",
                        Show.note("Other programs are told here of what happens in the registry."),
                        Show.actions(Show.link(desk.link(EndpointFormPages.ADD), "Add a webhook")),
                        table(visit, page),
                        Show.pages(desk.link(), after.isPresent(), page)));
    }

    private Html table(Visit visit, JsonNode page) {
        Rows rows = Rows.of("Name", "State", "Sends to", "Repositories", "Waiting", "Given up");
        Json.objects(page.path("endpoints")).forEach(endpoint -> {
            JsonNode delivery = endpoint.path("delivery");
            rows.add(
                    Show.named(Endpoints.link(desk, endpoint), Endpoints.name(endpoint)),
                    Endpoints.state(endpoint),
                    Texts.foreign(Json.text(endpoint, "origin")),
                    Show.codes(Json.texts(endpoint.path("repositories")), "none"),
                    Html.of(number(delivery.path("pending").asLong()), since(delivery, visit)),
                    number(delivery.path("deadLetters").asLong()));
        });
        return rows.orElse("There are none yet.");
    }

    private static Html since(JsonNode delivery, Visit visit) {
        return delivery.has("oldestPending")
                ? Html.of(text(", the oldest came "), Show.ago(delivery, "oldestPending", visit.now(), ""))
                : Html.nothing();
    }

    private Optional<PageAnswer> remove(Visit visit) {
        return Endpoints.changeable(visit).flatMap(endpoint -> {
            String name = Endpoints.name(endpoint);
            return desk.ask(
                    visit,
                    REMOVE,
                    new Question(
                            "Remove a webhook",
                            Desk.heading("Remove the webhook ", name, "?"),
                            List.of(Show.note(
                                    "What waits for it and its dead letters are removed as well. This cannot be"
                                            + " undone.")),
                            Map.of(Endpoints.NAME, name),
                            "Remove",
                            desk.link(),
                            management -> management.delete(Endpoints.ALL, Map.of(Endpoints.NAME, name))));
        });
    }
}
