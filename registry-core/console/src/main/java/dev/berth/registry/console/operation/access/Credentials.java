package dev.berth.registry.console.operation.access;

import static dev.berth.registry.console.html.Html.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Rows;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The personal tokens and the sessions of somebody, as the page of the person shows them. */
final class Credentials {
    static final String OWNER = "owner";
    static final String ID = "id";
    static final String TOKENS = Apis.ACCESS + "tokens";
    static final String SESSIONS = Apis.ACCESS + "sessions";
    static final String REVOKE = "revoke";
    static final String END = "end";
    static final String END_ALL = "end-all";

    private final Desk desk;

    Credentials(Desk desk) {
        this.desk = desk;
    }

    static Optional<List<JsonNode>> tokens(Visit visit, String owner) {
        return Apis.find(visit, TOKENS, Map.of(OWNER, owner)).map(found -> Json.objects(found.path("tokens")));
    }

    /** Returns those of browsers; empty where nobody signs in with one. */
    static Optional<List<JsonNode>> sessions(Visit visit, String owner) {
        return Apis.find(visit, SESSIONS, Map.of(OWNER, owner)).map(found -> Json.objects(found.path("sessions")));
    }

    Html sections(Visit visit, String owner) {
        return Html.of(
                tokens(visit, owner)
                        .<Html>map(tokens -> Section.of("Personal tokens", tokens(visit, owner, tokens)))
                        .orElse(Html.nothing()),
                sessions(visit, owner)
                        .<Html>map(sessions -> Section.of("Sessions", sessions(visit, owner, sessions)))
                        .orElse(Html.nothing()));
    }

    private Html tokens(Visit visit, String owner, List<JsonNode> tokens) {
        Rows rows = Rows.of("Token", "Repositories", "Role", "Last used", "Expires", "Change");
        tokens.forEach(token -> rows.add(
                described(token),
                Show.codes(Json.texts(token.path("repositories")), "none"),
                text(Json.text(token, "role")),
                Show.ago(token, "lastUsed", visit.now(), "never"),
                Show.until(token, "expires", visit.now(), "never"),
                Show.link(one(REVOKE, owner, token), "Revoke")));
        return rows.orElse("There are none.");
    }

    private static Html described(JsonNode token) {
        return Json.find(token, "description").map(Texts::foreign).orElseGet(() -> Show.code(Json.text(token, ID)));
    }

    private Html sessions(Visit visit, String owner, List<JsonNode> sessions) {
        Rows rows = Rows.of("Browser", "From", "Began", "Last used", "Change");
        sessions.forEach(session -> rows.add(
                Html.of(
                        Texts.foreign(Json.find(session, "browser").orElse("unknown")),
                        text(session.path("current").asBoolean() ? " (this one)" : "")),
                Texts.foreign(Json.text(session, "client")),
                Show.ago(session, "created", visit.now(), ""),
                Show.ago(session, "lastUsed", visit.now(), "never"),
                Show.link(one(END, owner, session), "End")));
        return Html.of(
                rows.orElse("Nobody is signed in by this name."),
                sessions.size() > 1
                        ? Show.actions(Show.link(desk.link(END_ALL).with(OWNER, owner), "End all sessions"))
                        : Html.nothing());
    }

    private Link one(String page, String owner, JsonNode credential) {
        return desk.link(page).with(OWNER, owner).with(ID, Json.text(credential, ID));
    }
}
