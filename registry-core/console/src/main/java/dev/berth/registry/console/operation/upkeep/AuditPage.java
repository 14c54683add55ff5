package dev.berth.registry.console.operation.upkeep;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.P;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Rows;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.operation.Show.State;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The audit, the newest first. */
final class AuditPage implements Pages {
    private static final String CALLER = "caller";
    private static final String REPOSITORY = "repository";
    private static final String TYPE = "type";
    private static final List<String> FILTERS = List.of(CALLER, REPOSITORY, TYPE);

    private final Desk desk;

    AuditPage(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        if (visit.isPost()) {
            return Optional.empty();
        }
        Map<String, String> query = new LinkedHashMap<>();
        FILTERS.forEach(name -> visit.asked(name).ifPresent(value -> query.put(name, value.strip())));
        Link same = desk.link();
        for (Map.Entry<String, String> filter : query.entrySet()) {
            same = same.with(filter.getKey(), filter.getValue());
        }
        Link first = same;
        visit.asked(Links.AFTER).ifPresent(after -> query.put(Links.AFTER, after));
        return Upkeep.ask(visit, "audit", query).flatMap(audit -> show(visit, audit, query, first));
    }

    private Optional<PageAnswer> show(Visit visit, JsonNode audit, Map<String, String> query, Link first) {
        if (!audit.path("on").asBoolean()) {
            return desk.show(
                    visit,
                    "Audit",
                    Show.note("This registry does not keep its audit in the storage; the log may have it."));
        }
        return desk.show(
                visit,
                "Audit",
                Show.note("Who signed in or was refused, what was deleted, and who changed the rights of others. It is kept"
                        + " for " + Durations.of(audit.path("keptSeconds").asLong()) + "."),
                DIV.of(css("filter"), filter(query)),
                table(visit, Json.objects(audit.path("events")), audit.has("next")),
                Show.pages(first, query.containsKey(Links.AFTER), audit));
    }

    private Html filter(Map<String, String> query) {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("", "All");
        for (AuditEvent.Type type : AuditEvent.Type.values()) {
            types.put(type.name(), title(type.name()));
        }
        return Forms.get(
                desk.link(),
                Forms.field("Who", CALLER, query.getOrDefault(CALLER, "")),
                Forms.field("Repository", REPOSITORY, query.getOrDefault(REPOSITORY, "")),
                Forms.choice("What", TYPE, types, query.getOrDefault(TYPE, "")),
                Forms.button("Show"));
    }

    private static String title(String type) {
        return switch (type) {
            case "LOGIN" -> "Sign-in";
            case "LOGIN_REFUSED" -> "Sign-in refused";
            case "TOKEN_ISSUED" -> "Token issued";
            case "ACCESS_REFUSED" -> "Access refused";
            case "CHANGE" -> "Change";
            case "DELETION" -> "Deletion";
            case "POLICY" -> "Rule";
            default -> type.toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    private static Html table(Visit visit, List<JsonNode> events, boolean more) {
        if (events.isEmpty()) {
            return P.of(
                    css("empty"),
                    text(
                            more
                                    ? "Nothing of this kind among the events that were looked at; go on to older ones."
                                    : "No event of this kind is kept."));
        }
        Rows rows = Rows.of("When", "What", "Who", "About", "Outcome", "From");
        events.forEach(event -> rows.add(
                Show.ago(event, "time", visit.now(), ""),
                text(title(Json.text(event, TYPE))),
                who(event),
                about(event),
                outcome(event),
                Texts.foreign(Json.text(event, "client"))));
        return DIV.of(css("timed"), rows.orElse(""));
    }

    private static Html who(JsonNode event) {
        String credentials = Json.text(event, "credentials");
        return DIV.of(
                Json.find(event, CALLER).map(Texts::foreign).orElseGet(() -> text("nobody known")),
                credentials.isEmpty() ? Html.nothing() : Html.of(text(" by "), Texts.foreign(credentials)));
    }

    private static Html about(JsonNode event) {
        return Texts.foreign(
                Json.find(event, "target").orElseGet(() -> Json.text(event, REPOSITORY)));
    }

    private static Html outcome(JsonNode event) {
        Html state = Json.text(event, "outcome").equals(AuditEvent.Outcome.DONE.name())
                ? Show.state(State.GOOD, "done")
                : Show.state(State.BAD, "refused");
        String reason = Json.text(event, "reason");
        return reason.isEmpty() ? state : DIV.of(state, text(": "), Texts.foreign(reason));
    }
}
