package dev.berth.registry.console.operation.access;

import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.P;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Manager;
import dev.berth.registry.console.operation.Question;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Takes personal tokens and sessions away from somebody. */
final class CredentialPages {
    private static final String OWNER = Credentials.OWNER;
    private static final String ID = Credentials.ID;

    private final Desk desk;

    CredentialPages(Desk desk) {
        this.desk = desk;
    }

    Map<String, Pages> pages() {
        return Map.of(
                desk.path() + "/" + Credentials.REVOKE, forAdministrators(this::revoke),
                desk.path() + "/" + Credentials.END, forAdministrators(this::end),
                desk.path() + "/" + Credentials.END_ALL, forAdministrators(this::endAll));
    }

    /** Everybody may do the same with what is one's own, on a page of one's own. */
    private static Pages forAdministrators(Function<Visit, Optional<PageAnswer>> page) {
        return (visit, rest) -> Manager.of(visit).administrator() ? page.apply(visit) : Optional.empty();
    }

    private Link person(String owner) {
        return desk.link(PeoplePages.PERSON).with(PeoplePages.NAME, owner);
    }

    private static Optional<JsonNode> one(Visit visit, Function<String, Optional<List<JsonNode>>> all) {
        Optional<String> id = Desk.about(visit, ID);
        return Desk.about(visit, OWNER)
                .flatMap(all)
                .flatMap(known -> known.stream()
                        .filter(credential ->
                                id.filter(Json.text(credential, ID)::equals).isPresent())
                        .findFirst());
    }

    private Optional<PageAnswer> revoke(Visit visit) {
        return one(visit, owner -> Credentials.tokens(visit, owner)).flatMap(token -> {
            String owner = Json.text(token, OWNER);
            Map<String, String> about = Map.of(OWNER, owner, ID, Json.text(token, ID));
            return desk.ask(
                    visit,
                    Credentials.REVOKE,
                    new Question(
                            "Revoke a personal token",
                            Desk.heading("Revoke a personal token of ", owner, "?"),
                            List.of(
                                    P.of(Texts.foreign(
                                            Json.find(token, "description").orElseGet(() -> Json.text(token, ID)))),
                                    Show.note("Whatever logs in with it is refused from now on.")),
                            about,
                            "Revoke",
                            person(owner),
                            management -> management.delete(Credentials.TOKENS, about)));
        });
    }

    private Optional<PageAnswer> end(Visit visit) {
        return one(visit, owner -> Credentials.sessions(visit, owner)).flatMap(session -> {
            String owner = visit.isPost()
                    ? visit.form().get(OWNER)
                    : visit.asked(OWNER).orElse("");
            Map<String, String> about = Map.of(OWNER, owner, ID, Json.text(session, ID));
            return desk.ask(
                    visit,
                    Credentials.END,
                    new Question(
                            "End a session",
                            Desk.heading("End a session of ", owner, "?"),
                            List.of(P.of(
                                    Texts.foreign(Json.text(session, "browser")),
                                    text(" from "),
                                    Texts.foreign(Json.text(session, "client")))),
                            about,
                            "End the session",
                            person(owner),
                            management -> management.delete(Credentials.SESSIONS, about)));
        });
    }

    private Optional<PageAnswer> endAll(Visit visit) {
        return Desk.about(visit, OWNER)
                .filter(owner -> Credentials.sessions(visit, owner).isPresent())
                .flatMap(owner -> desk.ask(
                        visit,
                        Credentials.END_ALL,
                        new Question(
                                "End all sessions",
                                Desk.heading("End all sessions of ", owner, "?"),
                                List.of(Show.note("The one that you look at this page with goes on.")),
                                Map.of(OWNER, owner),
                                "End the sessions",
                                person(owner),
                                management -> management.delete(
                                        Credentials.SESSIONS, Map.of(OWNER, owner, "others", "true")))));
    }
}
