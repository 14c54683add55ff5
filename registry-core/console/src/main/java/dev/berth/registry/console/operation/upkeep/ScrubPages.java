package dev.berth.registry.console.operation.upkeep;

import static dev.berth.registry.console.html.Html.number;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.DIV;

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
import dev.berth.registry.console.view.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scrubs: what is damaged in the storage, which images it concerns, and what was moved aside. */
final class ScrubPages {
    private final Desk desk;

    ScrubPages(Desk desk) {
        this.desk = desk;
    }

    Map<String, Pages> pages() {
        return Map.of(desk.path(), (visit, rest) -> answer(visit));
    }

    private Optional<PageAnswer> answer(Visit visit) {
        if (!Upkeep.of(visit).isAllowed()) {
            return Optional.empty();
        }
        Attempt attempt =
                Attempt.of(visit, management -> management.post(Apis.MAINTENANCE + "scrub/run", Map.of()));
        if (attempt.isDone()) {
            return Optional.of(PageAnswer.seeOther(desk.link()));
        }
        return Upkeep.ask(visit, "scrub", Map.of()).flatMap(scrub -> show(visit, attempt, scrub));
    }

    private Optional<PageAnswer> show(Visit visit, Attempt attempt, JsonNode scrub) {
        JsonNode last = scrub.path("last");
        JsonNode unfinished = scrub.path("unfinished");
        return desk.show(
                visit,
                attempt,
                "Scrub",
                text("Scrub"),
                Show.note("A scrub reads everything that is stored, and looks whether it is still what was pushed. What is"
                        + " damaged is moved aside, so that it can be pushed again."),
                schedule(scrub),
                unfinished.isMissingNode()
                        ? begin(visit, scrub.path("on").asBoolean())
                        : Section.of("In progress", round(visit, unfinished)),
                Section.of(
                        "The last round",
                        last.isMissingNode()
                                ? Show.note("No round has ended yet.")
                                : Html.of(round(visit, last), findings(last))),
                quarantine(visit, scrub));
    }

    private static Html schedule(JsonNode scrub) {
        return scrub.path("on").asBoolean()
                ? new Facts()
                        .add("State", Show.state(State.GOOD, "on"))
                        .add(
                                "Begins",
                                text("every "
                                        + Durations.of(
                                                scrub.path("intervalSeconds").asLong())))
                        .shown()
                : new Facts()
                        .add("State", Show.state(State.OFF, "off in this process"))
                        .shown();
    }

    private Html begin(Visit visit, boolean on) {
        return on ? Forms.post(visit, desk.link(), Forms.button("Look for damage now")) : Html.nothing();
    }

    private Html round(Visit visit, JsonNode round) {
        long problems = round.path("problems").asLong();
        return new Facts()
                .add("Began", Show.ago(round, "begun", visit.now(), ""))
                .add(
                        "Ended",
                        round.has("finished")
                                ? Optional.of(Show.ago(round, "finished", visit.now(), ""))
                                : Optional.empty())
                .add("Links checked", number(round.path("links").asLong()))
                .add("Blobs and manifests read", number(round.path("blobs").asLong()))
                .add("Bytes read", text(Texts.size(round.path("bytes").asLong())))
                .add(
                        "Found",
                        problems == 0
                                ? Show.state(State.GOOD, "nothing damaged")
                                : Show.state(State.BAD, Texts.count(problems, "problem")))
                .shown();
    }

    private Html findings(JsonNode round) {
        List<JsonNode> findings = Json.objects(round.path("findings"));
        if (findings.isEmpty()) {
            return Html.nothing();
        }
        Rows rows = Rows.of("Problem", "What it is", "Images");
        findings.forEach(finding -> rows.add(
                text(Json.text(finding, "problem").replace('-', ' ')),
                Texts.foreign(Json.text(finding, "description")),
                affected(finding)));
        return Html.of(
                rows.orElse(""),
                round.path("problems").asLong() > findings.size()
                        ? Show.note("These are the first of them; the log of the registry has all.")
                        : Html.nothing());
    }

    private Html affected(JsonNode finding) {
        List<Html> shown = new ArrayList<>();
        for (JsonNode one : Json.objects(finding.path("affected"))) {
            String name = Json.text(one, "repository");
            List<String> tags = Json.texts(one.path("tags"));
            shown.add(Names.repository(name)
                    .map(repository -> Show.named(desk.frame().links().repository(repository), name))
                    .orElseGet(() -> Texts.foreign(name)));
            shown.add(text(tags.isEmpty() ? " " : ": " + String.join(", ", tags) + " "));
        }
        return shown.isEmpty() ? text("none") : DIV.of(Html.of(shown));
    }

    private static Html quarantine(Visit visit, JsonNode scrub) {
        List<JsonNode> moved = Json.objects(scrub.path("quarantine"));
        if (moved.isEmpty()) {
            return Html.nothing();
        }
        Rows rows = Rows.of("Digest that it should have", "Size", "Moved aside");
        moved.forEach(one -> rows.add(
                Show.code(Json.text(one, "digest")),
                text(Texts.size(one.path("size").asLong())),
                Show.ago(one, "since", visit.now(), "")));
        return Section.of(
                "Moved aside",
                Show.note("It is kept until somebody removes it from the storage; nothing reads it."),
                rows.orElse(""),
                scrub.path("quarantineMore").asBoolean() ? Show.note("There is more.") : Html.nothing());
    }
}
