package dev.berth.registry.console.operation.webhook;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Html.number;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.CODE;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.PRE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Attempt;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Facts;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Question;
import dev.berth.registry.console.operation.Rows;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages that a webhook did not get: looked at, sent again, dropped. */
final class DeadLetterPages {
    static final String LIST = "dead-letters";

    private static final String LETTERS = Apis.WEBHOOKS + LIST;
    private static final String NAME = Endpoints.NAME;
    private static final String ID = "id";
    private static final String ONE = "dead-letter";
    private static final String RESEND = "resend";
    private static final String RESEND_ALL = "resend-all";
    private static final String DROP = "drop";
    private static final String DROP_ALL = "drop-all";
    private static final String EVENTS = "events";
    private static final String ROWS = "50";

    private final Desk desk;

    DeadLetterPages(Desk desk) {
        this.desk = desk;
    }

    Map<String, Pages> pages() {
        return Map.of(
                at(LIST),
                (visit, rest) -> visit.isPost() ? Optional.empty() : list(visit, Attempt.nothing()),
                at(ONE),
                (visit, rest) -> visit.isPost() ? Optional.empty() : one(visit, Attempt.nothing()),
                at(RESEND),
                (visit, rest) -> resend(visit),
                at(RESEND_ALL),
                (visit, rest) -> resendAll(visit),
                at(DROP),
                (visit, rest) -> drop(visit),
                at(DROP_ALL),
                (visit, rest) -> dropAll(visit));
    }

    private String at(String page) {
        return desk.path() + "/" + page;
    }

    private Link of(String webhook) {
        return desk.link(LIST).with(NAME, webhook);
    }

    private Optional<PageAnswer> list(Visit visit, Attempt attempt) {
        Optional<String> name = Desk.about(visit, NAME);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> query = new HashMap<>(Map.of(NAME, name.get(), "limit", ROWS));
        Optional<String> after = visit.asked(Links.AFTER);
        after.ifPresent(last -> query.put("after", last));
        return Apis.find(visit, LETTERS, query)
                .flatMap(page -> desk.show(
                        visit,
                        attempt,
                        "Dead letters",
                        Desk.heading("Dead letters of ", name.get(), ""),
                        P.of(css("path"), Show.link(desk.link(Endpoints.ONE).with(NAME, name.get()), "The webhook")),
                        Show.note("Messages that were given up. Those that are sent again come after all that waits."),
                        table(visit, name.get(), page),
                        Show.pages(of(name.get()), after.isPresent(), page),
                        page.path("deadLetters").isEmpty() ? Html.nothing() : all(visit, name.get())));
    }

    private Html all(Visit visit, String name) {
        return DIV.of(
                css("buttons"),
                Forms.post(
                        visit, desk.link(RESEND_ALL), Forms.hidden(NAME, name), Forms.button("Send all again")),
                Show.actions(Show.link(desk.link(DROP_ALL).with(NAME, name), "Drop all")));
    }

    private Html table(Visit visit, String name, JsonNode page) {
        Rows rows = Rows.of("Given up", "What", "Attempts", "Why", "Change");
        Json.objects(page.path("deadLetters"))
                .forEach(letter -> rows.add(
                        Show.ago(letter, "givenUp", visit.now(), ""),
                        what(letter),
                        number(letter.path("attempts").asLong()),
                        Texts.foreign(Json.text(letter, "reason")),
                        Show.link(
                                desk.link(ONE).with(NAME, name).with(ID, Json.text(letter, ID)), "Look at it")));
        return rows.orElse("There are none: every message was delivered, or waits.");
    }

    private static Html what(JsonNode letter) {
        JsonNode first = letter.path(EVENTS).path(0);
        int more = letter.path(EVENTS).size() - 1;
        return Html.of(
                text(Json.text(first, "type") + " in "),
                Texts.foreign(Json.text(first, "repository")),
                text(more > 0 ? " and " + more + " more" : ""));
    }

    private static Optional<JsonNode> letter(Visit visit) {
        Optional<String> id = Desk.about(visit, ID);
        return id.isEmpty()
                ? Optional.empty()
                : Desk.about(visit, NAME)
                        .flatMap(name -> Apis.find(visit, Apis.WEBHOOKS + ONE, Map.of(NAME, name, ID, id.get())));
    }

    private Optional<PageAnswer> one(Visit visit, Attempt attempt) {
        return letter(visit).flatMap(letter -> one(visit, attempt, letter));
    }

    private Optional<PageAnswer> one(Visit visit, Attempt attempt, JsonNode letter) {
        String name = webhook(letter);
        return desk.show(
                visit,
                attempt,
                "A dead letter",
                Desk.heading("A dead letter of ", name, ""),
                P.of(css("path"), Show.link(of(name), "All dead letters of the webhook")),
                new Facts()
                        .add("Waited since", Show.ago(letter, "since", visit.now(), ""))
                        .add("Given up", Show.ago(letter, "givenUp", visit.now(), ""))
                        .add("Attempts", number(letter.path("attempts").asLong()))
                        .add("Why", Json.find(letter, "reason").map(Texts::foreign))
                        .add("Message", Show.code(Json.text(letter, "message")))
                        .shown(),
                DIV.of(
                        css("buttons"),
                        Forms.post(
                                visit,
                                desk.link(RESEND),
                                Forms.hidden(NAME, name),
                                Forms.hidden(ID, Json.text(letter, ID)),
                                Forms.button("Send it again")),
                        Show.actions(Show.link(
                                desk.link(DROP).with(NAME, name).with(ID, Json.text(letter, ID)), "Drop it"))),
                Section.of("What happened", events(visit, letter)),
                Section.of("What is sent", bodies(letter)));
    }

    private static String webhook(JsonNode letter) {
        String id = Json.text(letter, ID);
        return id.substring(0, Math.max(0, id.indexOf('/')));
    }

    private static Html events(Visit visit, JsonNode letter) {
        Rows rows = Rows.of("What", "Repository", "Tags", "Digest", "When");
        Json.objects(letter.path(EVENTS))
                .forEach(event -> rows.add(
                        text(Json.text(event, "type")),
                        Texts.foreign(Json.text(event, "repository")),
                        Show.names(Json.texts(event.path("tags")), ""),
                        Show.digest(event, "digest"),
                        Show.ago(event, "when", visit.now(), "")));
        return rows.orElse("Nothing.");
    }

    private static Html bodies(JsonNode letter) {
        List<Html> bodies = new ArrayList<>();
        Json.texts(letter.path("bodies"))
                .forEach(body -> bodies.add(PRE.of(css("body"), CODE.of(Texts.foreign(body)))));
        return bodies.isEmpty()
                ? Show.note("Nothing: the format of the webhook has no message for this.")
                : Html.of(bodies);
    }

    private Optional<PageAnswer> resend(Visit visit) {
        Optional<JsonNode> letter = visit.isPost() ? letter(visit) : Optional.empty();
        return letter.flatMap(found -> {
            Map<String, String> about = Map.of(NAME, webhook(found), ID, Json.text(found, ID));
            Attempt sent = Attempt.of(visit, management -> management.post(LETTERS + "/resend", about));
            return sent.isDone() ? Optional.of(PageAnswer.seeOther(of(webhook(found)))) : one(visit, sent, found);
        });
    }

    private Optional<PageAnswer> resendAll(Visit visit) {
        Optional<JsonNode> endpoint = visit.isPost() ? Endpoints.find(visit) : Optional.empty();
        return endpoint.flatMap(found -> {
            String name = Endpoints.name(found);
            Attempt sent = Attempt.of(visit, management -> management.post(LETTERS + "/resend-all", Map.of(NAME, name)));
            return sent.isDone() ? Optional.of(PageAnswer.seeOther(of(name))) : list(visit, sent);
        });
    }

    private Optional<PageAnswer> drop(Visit visit) {
        return letter(visit).flatMap(letter -> {
            String name = webhook(letter);
            Map<String, String> about = Map.of(NAME, name, ID, Json.text(letter, ID));
            return desk.ask(
                    visit,
                    DROP,
                    new Question(
                            "Drop a dead letter",
                            Desk.heading("Drop this dead letter of ", name, "?"),
                            List.of(
                                    P.of(what(letter)),
                                    Show.note("The receiver never learns of it then. This cannot be undone.")),
                            about,
                            "Drop it",
                            of(name),
                            management -> management.delete(LETTERS, about)));
        });
    }

    private Optional<PageAnswer> dropAll(Visit visit) {
        return Endpoints.find(visit).flatMap(endpoint -> {
            String name = Endpoints.name(endpoint);
            return desk.ask(
                    visit,
                    DROP_ALL,
                    new Question(
                            "Drop all dead letters",
                            Desk.heading("Drop all dead letters of ", name, "?"),
                            List.of(Show.note("Up to 1000 at a time. The receiver never learns of them then. This cannot be"
                                    + " undone.")),
                            Map.of(NAME, name),
                            "Drop them",
                            of(name),
                            management -> management.post(LETTERS + "/remove-all", Map.of(NAME, name))));
        });
    }
}
