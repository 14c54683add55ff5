package dev.berth.registry.console.operation.webhook;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.role;
import static dev.berth.registry.console.html.Html.number;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.P;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Attempt;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Facts;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Question;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One webhook: what it gets, how the delivery goes, its test, its pause and its secrets. */
final class DeliveryPages {
    private static final String TEST = "test";
    private static final String ENABLE = "enable";
    private static final String PAUSE = "pause";
    private static final String RESUME = "resume";
    private static final String SECRET = "secret";
    private static final String DROP_SECRETS = "drop-secrets";
    private static final String SECRETS = "secrets";
    private static final String ACTIVE = "active";

    private final Desk desk;

    DeliveryPages(Desk desk) {
        this.desk = desk;
    }

    Map<String, Pages> pages() {
        return Map.of(
                at(Endpoints.ONE),
                (visit, rest) -> visit.isPost() ? Optional.empty() : show(visit),
                at(TEST),
                (visit, rest) -> test(visit),
                at(ENABLE),
                (visit, rest) -> enable(visit),
                at(PAUSE),
                (visit, rest) -> pause(visit),
                at(RESUME),
                (visit, rest) -> resume(visit),
                at(SECRET),
                (visit, rest) -> secret(visit),
                at(DROP_SECRETS),
                (visit, rest) -> dropSecrets(visit));
    }

    private String at(String page) {
        return desk.path() + "/" + page;
    }

    private Link link(String page, JsonNode endpoint) {
        return desk.link(page).with(Endpoints.NAME, Endpoints.name(endpoint));
    }

    private Optional<PageAnswer> show(Visit visit) {
        return Endpoints.find(visit).flatMap(endpoint -> show(visit, Attempt.nothing(), Html.nothing(), endpoint));
    }

    private Optional<PageAnswer> show(Visit visit, Attempt attempt, Html outcome, JsonNode endpoint) {
        String name = Endpoints.name(endpoint);
        return desk.show(
                visit,
                attempt,
                name,
                Texts.foreign(name),
                outcome,
                delivery(visit, endpoint),
                DIV.of(css("buttons"), buttons(visit, endpoint)),
                links(endpoint),
                Section.of("What it gets", settings(endpoint)));
    }

    private static Html delivery(Visit visit, JsonNode endpoint) {
        JsonNode delivery = endpoint.path("delivery");
        return new Facts()
                .add("State", Endpoints.state(endpoint))
                .add("Waiting", count(delivery, "pending", "oldestPending", ", the oldest came ", visit))
                .add("Delivered", number(delivery.path("delivered").asLong()))
                .add("Given up", number(delivery.path("deadLetters").asLong()))
                .add("Lost", number(delivery.path("dropped").asLong()))
                .add("Failed attempts", count(delivery, "failedAttempts", "lastFailureTime", ", the last one ", visit))
                .add("Last failure", Json.find(delivery, "lastFailure").map(Texts::foreign))
                .shown();
    }

    private static Html count(JsonNode delivery, String field, String time, String what, Visit visit) {
        return Html.of(
                number(delivery.path(field).asLong()),
                delivery.has(time) ? Html.of(text(what), Show.ago(delivery, time, visit.now(), "")) : Html.nothing());
    }

    private Html buttons(Visit visit, JsonNode endpoint) {
        List<Html> buttons = new ArrayList<>();
        buttons.add(button(visit, TEST, endpoint, "Send a test message"));
        String state = Json.text(endpoint.path("delivery"), "state");
        if (state.equals("disabled")) {
            buttons.add(button(visit, ENABLE, endpoint, "Send to it again"));
        }
        if (Endpoints.isChangeable(endpoint) && !endpoint.path(ACTIVE).asBoolean()) {
            buttons.add(button(visit, RESUME, endpoint, "Resume"));
        }
        return Html.of(buttons);
    }

    private Html button(Visit visit, String page, JsonNode endpoint, String label) {
        return Forms.post(
                visit, desk.link(page), Forms.hidden(Endpoints.NAME, Endpoints.name(endpoint)), Forms.button(label));
    }

    private Html links(JsonNode endpoint) {
        List<Html> links = new ArrayList<>();
        links.add(Show.link(link(DeadLetterPages.LIST, endpoint), "Dead letters"));
        if (Endpoints.isChangeable(endpoint)) {
            links.add(Show.link(link(EndpointFormPages.CHANGE, endpoint), "Change"));
            if (endpoint.path(ACTIVE).asBoolean()) {
                links.add(Show.link(link(PAUSE, endpoint), "Pause"));
            }
            links.add(Show.link(link(SECRET, endpoint), "New secret"));
            if (endpoint.path(SECRETS).asInt() > 1) {
                links.add(Show.link(link(DROP_SECRETS, endpoint), "Drop older secrets"));
            }
            links.add(Show.link(link("remove", endpoint), "Remove"));
        }
        return Html.of(
                Show.actions(links.toArray(Html[]::new)),
                Endpoints.isChangeable(endpoint)
                        ? Html.nothing()
                        : Show.note("It stands in the configuration of the server, and is changed there."));
    }

    private static Html settings(JsonNode endpoint) {
        return new Facts()
                .add("Sends to", Texts.foreign(Json.text(endpoint, "origin")))
                .add("Format", text(Json.text(endpoint, "format")))
                .add("Repositories", Show.codes(Json.texts(endpoint.path("repositories")), "none"))
                .add("Events", Show.codes(Json.texts(endpoint.path("types")), everything(endpoint)))
                .add("But not", some(endpoint, "ignoreTypes"))
                .add("Media types", some(endpoint, "mediaTypes"))
                .add("But not of", some(endpoint, "ignoreMediaTypes"))
                .add("Header fields", Show.codes(Json.texts(endpoint.path("headerNames")), "none"))
                .add("Secrets", number(endpoint.path(SECRETS).asLong()))
                .add("Waits for an answer", text(Json.text(endpoint, "timeout")))
                .shown();
    }

    private static Optional<Html> some(JsonNode endpoint, String field) {
        List<String> texts = Json.texts(endpoint.path(field));
        return texts.isEmpty() ? Optional.empty() : Optional.of(Show.codes(texts, ""));
    }

    private static String everything(JsonNode endpoint) {
        return endpoint.path("reads").asBoolean() ? "every change and every pull" : "every change";
    }

    private Optional<PageAnswer> test(Visit visit) {
        return posted(visit, Endpoints.find(visit)).flatMap(endpoint -> {
            Attempt tested = Attempt.of(
                    visit,
                    management ->
                            management.post(Apis.WEBHOOKS + TEST, Map.of(Endpoints.NAME, Endpoints.name(endpoint))));
            JsonNode now = Endpoints.find(visit).orElse(endpoint);
            return show(
                    visit, tested, tested.answer().map(DeliveryPages::outcome).orElse(Html.nothing()), now);
        });
    }

    private static Html outcome(JsonNode answer) {
        return answer.path("delivered").asBoolean()
                ? P.of(css("done"), role("status"), text("The test message was delivered."))
                : Forms.problem("The test message was not delivered. " + Json.text(answer, "reason") + ".");
    }

    private static Optional<JsonNode> posted(Visit visit, Optional<JsonNode> endpoint) {
        return visit.isPost() ? endpoint : Optional.empty();
    }

    private Optional<PageAnswer> enable(Visit visit) {
        return posted(visit, Endpoints.find(visit)).flatMap(endpoint -> {
            Attempt enabled = Attempt.of(
                    visit,
                    management ->
                            management.post(Apis.WEBHOOKS + ENABLE, Map.of(Endpoints.NAME, Endpoints.name(endpoint))));
            return enabled.isDone()
                    ? Optional.of(PageAnswer.seeOther(Endpoints.link(desk, endpoint)))
                    : show(visit, enabled, Html.nothing(), endpoint);
        });
    }

    private Optional<PageAnswer> pause(Visit visit) {
        return Endpoints.changeable(visit).flatMap(endpoint -> {
            String name = Endpoints.name(endpoint);
            return desk.ask(
                    visit,
                    PAUSE,
                    new Question(
                            "Pause a webhook",
                            Desk.heading("Pause the webhook ", name, "?"),
                            List.of(Show.note("It is not told of what happens meanwhile, also not later.")),
                            Map.of(Endpoints.NAME, name),
                            "Pause",
                            Endpoints.link(desk, endpoint),
                            management -> management.put(Endpoints.ALL, withActive(endpoint, false))));
        });
    }

    private Optional<PageAnswer> resume(Visit visit) {
        return posted(visit, Endpoints.changeable(visit)).flatMap(endpoint -> {
            Attempt resumed =
                    Attempt.of(visit, management -> management.put(Endpoints.ALL, withActive(endpoint, true)));
            return resumed.isDone()
                    ? Optional.of(PageAnswer.seeOther(Endpoints.link(desk, endpoint)))
                    : show(visit, resumed, Html.nothing(), endpoint);
        });
    }

    private static Map<String, Object> withActive(JsonNode endpoint, boolean active) {
        Map<String, Object> fields = Endpoints.fields(endpoint);
        fields.put(ACTIVE, active);
        return fields;
    }

    private Optional<PageAnswer> secret(Visit visit) {
        return Endpoints.changeable(visit).flatMap(endpoint -> {
            String name = Endpoints.name(endpoint);
            Attempt made = Attempt.of(
                    visit, management -> management.post(Apis.WEBHOOKS + SECRETS, Map.of(Endpoints.NAME, name)));
            if (made.isDone()) {
                return desk.showOnce(
                        visit,
                        "A new secret",
                        "It signs messages to " + name + ", beside the older ones until those are dropped.",
                        Json.text(made.answer().orElseThrow(), SECRET),
                        Endpoints.link(desk, endpoint));
            }
            return desk.show(
                    visit,
                    made,
                    "A new secret",
                    Desk.heading("A new secret for ", name, ""),
                    Show.note(
                            "Messages are signed by each secret, so that the receiver can be told the new one before the"
                                    + " older ones are dropped."),
                    Forms.post(
                            visit,
                            desk.link(SECRET),
                            Forms.hidden(Endpoints.NAME, name),
                            Show.actions(
                                    Forms.button("Make a new secret"),
                                    Show.link(Endpoints.link(desk, endpoint), "Cancel"))));
        });
    }

    private Optional<PageAnswer> dropSecrets(Visit visit) {
        return Endpoints.changeable(visit).flatMap(endpoint -> {
            String name = Endpoints.name(endpoint);
            return desk.ask(
                    visit,
                    DROP_SECRETS,
                    new Question(
                            "Drop older secrets",
                            Desk.heading("Drop the older secrets of ", name, "?"),
                            List.of(Show.note("Only the newest signs then. A receiver that does not know it yet refuses"
                                    + " messages.")),
                            Map.of(Endpoints.NAME, name),
                            "Drop them",
                            Endpoints.link(desk, endpoint),
                            management -> management.delete(Apis.WEBHOOKS + SECRETS, Map.of(Endpoints.NAME, name))));
        });
    }
}
