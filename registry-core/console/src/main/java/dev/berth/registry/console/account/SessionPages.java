package dev.berth.registry.console.account;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.STRONG;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The browsers in which one has signed in. */
final class SessionPages {
    private static final String END = OwnFrame.SESSIONS + "/end";
    private static final String END_OTHERS = OwnFrame.SESSIONS + "/end-others";
    private static final String API = OwnFrame.API + "sessions";
    private static final String ID = "id";

    private final OwnFrame own;

    SessionPages(OwnFrame own) {
        this.own = own;
    }

    Map<String, Pages> all() {
        return Map.of(OwnFrame.SESSIONS, this::list, END, this::end, END_OTHERS, this::endOthers);
    }

    private Optional<PageAnswer> list(Visit visit, String rest) {
        if (visit.isPost()) {
            return Optional.empty();
        }
        return own.forManaging(visit, OwnFrame.SESSIONS, () -> Optional.of(list(visit)));
    }

    private PageAnswer list(Visit visit) {
        List<List<Html>> rows = new ArrayList<>();
        for (JsonNode session : all(visit)) {
            boolean current = session.path("current").asBoolean();
            rows.add(List.of(
                    browser(session),
                    Texts.foreign(session.path("client").asText()),
                    text(session.path("signedInBy").asText()),
                    Facts.ago(session.path("created"), visit),
                    Facts.ago(session.path("lastUsed"), visit),
                    current
                            ? STRONG.of(text("this browser"))
                            : A.of(href(own.to(END).with(ID, session.path(ID).asText())), text("End"))));
        }
        return own.show(
                visit,
                OwnFrame.SESSIONS,
                "Sessions",
                P.of(css("note"), text("The browsers in which you have signed in. End those that you do not know.")),
                Facts.table(List.of("Browser", "Address", "Signed in by", "Began", "Last used", "Change"), rows),
                rows.size() > 1
                        ? P.of(A.of(css("button"), href(own.to(END_OTHERS)), text("End all others")))
                        : Html.nothing());
    }

    private static Html browser(JsonNode session) {
        String name = session.path("browser").asText();
        return name.isEmpty() ? text("unknown browser") : Texts.foreign(name);
    }

    private Optional<PageAnswer> end(Visit visit, String rest) {
        return own.forManaging(visit, OwnFrame.SESSIONS, () -> {
            String id = visit.isPost() ? visit.form().get(ID) : visit.asked(ID).orElse("");
            return all(visit).stream()
                    .filter(session -> session.path(ID).asText().equals(id))
                    .findFirst()
                    .map(session -> visit.isPost() ? ended(visit, Map.of(ID, id)) : ask(visit, session));
        });
    }

    private PageAnswer ask(Visit visit, JsonNode session) {
        return own.show(
                visit,
                OwnFrame.SESSIONS,
                "End the session?",
                P.of(
                        browser(session),
                        text(" at "),
                        Texts.foreign(session.path("client").asText()),
                        text(" has to sign in again then.")),
                Forms.post(
                        visit,
                        own.to(END),
                        Forms.hidden(ID, session.path(ID).asText()),
                        Forms.dangerousButton("End it")),
                P.of(A.of(href(own.to(OwnFrame.SESSIONS)), text("Keep it"))));
    }

    private Optional<PageAnswer> endOthers(Visit visit, String rest) {
        return own.forManaging(
                visit,
                OwnFrame.SESSIONS,
                () -> Optional.of(
                        visit.isPost()
                                ? ended(visit, Map.of("others", "true"))
                                : own.show(
                                        visit,
                                        OwnFrame.SESSIONS,
                                        "End all other sessions?",
                                        P.of(text("All browsers but this one have to sign in again then.")),
                                        Forms.post(visit, own.to(END_OTHERS), Forms.dangerousButton("End them")),
                                        P.of(A.of(href(own.to(OwnFrame.SESSIONS)), text("Keep them"))))));
    }

    private PageAnswer ended(Visit visit, Map<String, String> which) {
        visit.management().delete(API, which);
        return PageAnswer.seeOther(own.to(OwnFrame.SESSIONS));
    }

    private static List<JsonNode> all(Visit visit) {
        List<JsonNode> sessions = new ArrayList<>();
        visit.management().get(API, Map.of()).path("sessions").forEach(sessions::add);
        return sessions;
    }
}
