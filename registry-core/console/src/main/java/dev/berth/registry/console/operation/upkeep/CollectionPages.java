package dev.berth.registry.console.operation.upkeep;

import static dev.berth.registry.console.html.Html.number;
import static dev.berth.registry.console.html.Html.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Attempt;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Facts;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Rows;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.operation.Show.State;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collections: what the last one has removed, and, as a dry run, what the next one would. */
final class CollectionPages {
    private static final String SCOPE = "scope";
    private static final String EVERYTHING = "everything";
    private static final int MOST_DETAILS = 100;

    private final Desk desk;

    CollectionPages(Desk desk) {
        this.desk = desk;
    }

    Map<String, Pages> pages() {
        return Map.of(desk.path(), (visit, rest) -> answer(visit));
    }

    private Optional<PageAnswer> answer(Visit visit) {
        if (!Upkeep.of(visit).isAllowed()) {
            return Optional.empty();
        }
        Attempt attempt = Attempt.of(
                visit,
                management -> management.post(
                        Apis.MAINTENANCE + "collection/plan",
                        Map.of(SCOPE, visit.form().find(SCOPE).orElse(EVERYTHING))));
        if (attempt.isDone()) {
            return Optional.of(PageAnswer.seeOther(desk.link()));
        }
        return Upkeep.ask(visit, "collection", Map.of()).flatMap(collection -> show(visit, attempt, collection));
    }

    private Optional<PageAnswer> show(Visit visit, Attempt attempt, JsonNode collection) {
        return desk.show(
                visit,
                attempt,
                "Collection",
                text("Collection"),
                Show.note("A collection removes what no image needs any more, some time after that is so."),
                schedule(collection),
                Section.of("The last collection", run(visit, collection.path("last"), "None has ended yet.")),
                collection.has("lastOfEverything")
                        ? Section.of(
                                "The last one that looked at everything",
                                run(visit, collection.path("lastOfEverything"), ""))
                        : Html.nothing(),
                Section.of("Dry run", dryRun(visit, collection.path("dryRun"))));
    }

    private static Html schedule(JsonNode collection) {
        if (!collection.path("on").asBoolean()) {
            return new Facts()
                    .add("State", Show.state(State.OFF, "off in this process"))
                    .shown();
        }
        return new Facts()
                .add("State", Show.state(State.GOOD, "on"))
                .add("Looks at what has changed", every(collection, "intervalSeconds"))
                .add("Looks at everything", every(collection, "fullIntervalSeconds"))
                .add(
                        "Keeps what is not needed for",
                        text(Durations.of(collection.path("graceSeconds").asLong())))
                .shown();
    }

    private static Html every(JsonNode collection, String field) {
        return text("every " + Durations.of(collection.path(field).asLong()));
    }

    private static Html run(Visit visit, JsonNode run, String ifNone) {
        if (run.isMissingNode()) {
            return Show.note(ifNone);
        }
        Facts facts = new Facts().add("Ended", Show.ago(run, "ended", visit.now(), ""));
        Optional<String> failure = Json.find(run, "failure");
        if (failure.isPresent()) {
            return facts.add("Outcome", Show.state(State.BAD, "failed"))
                    .add("Reason", Texts.foreign(failure.get()))
                    .shown();
        }
        JsonNode report = run.path("report");
        return Html.of(
                facts.add(
                                "Looked at",
                                text(Json.text(report, SCOPE).equals(EVERYTHING) ? "everything" : "what had changed"))
                        .shown(),
                counts(report),
                notes(report));
    }

    private static Html counts(JsonNode report) {
        boolean plan = report.path("plan").asBoolean();
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("removed", plan ? "Would be removed now" : "Removed");
        kinds.put("condemned", plan ? "Would be removed after the time that it is kept" : "Found not to be needed");
        kinds.put("waiting", "Not needed, and kept for now");
        kinds.put("kept", "Needed again");
        kinds.put("broken", "Could not be understood, and is kept");
        Rows rows = Rows.of("What", "How many", "Size");
        kinds.forEach((kind, title) -> rows.add(
                text(title),
                number(report.path("counts").path(kind).asLong()),
                text(Texts.size(report.path("bytes").path(kind).asLong()))));
        return rows.orElse("");
    }

    private static Html notes(JsonNode report) {
        return Html.of(Json.texts(report.path("notes")).stream().map(Show::note));
    }

    private Html dryRun(Visit visit, JsonNode dryRun) {
        JsonNode last = dryRun.path("last");
        return Html.of(
                Show.note(
                        "A dry run says what would be removed, and removes nothing. It goes on in the background; over a"
                                + " large storage it takes long."),
                dryRun.has("inProgress")
                        ? progress(visit, dryRun.path("inProgress"))
                        : begin(visit, dryRun.path("possible").asBoolean()),
                last.isMissingNode() ? Html.nothing() : Html.of(run(visit, last, ""), details(last.path("report"))));
    }

    private Html progress(Visit visit, JsonNode progress) {
        return Html.of(
                new Facts()
                        .add("State", Show.state(State.GOOD, "in progress"))
                        .add("Began", Show.ago(progress, "begun", visit.now(), ""))
                        .add("At", Json.find(progress, "step").map(Texts::foreign))
                        .add("Done of it", number(progress.path("done").asLong()))
                        .shown(),
                Show.actions(Show.link(desk.link(), "Look again")));
    }

    private Html begin(Visit visit, boolean possible) {
        if (!possible) {
            return Show.note("This registry is read-only: nothing is removed from it, and there are no dry runs.");
        }
        Map<String, String> scopes = new LinkedHashMap<>();
        scopes.put(EVERYTHING, "Everything");
        scopes.put("changed", "What has changed");
        return Forms.post(
                visit,
                desk.link(),
                Forms.choice("Look at", SCOPE, scopes, EVERYTHING),
                Forms.button("Begin a dry run"));
    }

    private static Html details(JsonNode report) {
        List<JsonNode> details = Json.objects(report.path("details"));
        if (details.isEmpty()) {
            return Html.nothing();
        }
        Rows rows = Rows.of("What", "Size", "State", "Why");
        details.stream()
                .limit(MOST_DETAILS)
                .forEach(detail -> rows.add(
                        Show.code(Json.text(detail, "object")),
                        text(Texts.size(detail.path("bytes").asLong())),
                        Texts.foreign(Json.text(detail, "kind")),
                        Texts.foreign(Json.text(detail, "reason"))));
        return Html.of(
                rows.orElse(""),
                details.size() > MOST_DETAILS
                        ? Show.note("These are the first " + MOST_DETAILS + "; all are counted above.")
                        : Html.nothing());
    }
}
