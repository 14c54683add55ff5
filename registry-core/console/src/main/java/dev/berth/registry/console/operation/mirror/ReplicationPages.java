package dev.berth.registry.console.operation.mirror;

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
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How replication goes, and a comparison that is begun by hand. */
final class ReplicationPages {
    private static final String STATUS = Apis.MIRRORS + "replication";
    private static final String NAME = "name";
    private static final String ONE = "rule";
    private static final String RUN = "run";

    private final Desk desk;

    ReplicationPages(Desk desk) {
        this.desk = desk;
    }

    Map<String, Pages> pages() {
        return Map.of(
                desk.path(), (visit, rest) -> visit.isPost() ? Optional.empty() : list(visit, Attempt.nothing()),
                desk.path() + "/" + ONE, (visit, rest) -> visit.isPost() ? Optional.empty() : one(visit),
                desk.path() + "/" + RUN, (visit, rest) -> run(visit));
    }

    private static List<JsonNode> rules(JsonNode status) {
        return Json.objects(status.path("rules"));
    }

    private Optional<PageAnswer> list(Visit visit, Attempt attempt) {
        return Apis.find(visit, STATUS, Map.of()).flatMap(status -> {
            Rows rows = Rows.of("Rule", "Direction", "State", "Waiting", "Carried", "Differences");
            rules(status)
                    .forEach(rule -> rows.add(
                            Show.named(desk.link(ONE).with(NAME, Json.text(rule, NAME)), Json.text(rule, NAME)),
                            text(Json.text(rule, "direction")),
                            state(visit, rule),
                            waiting(rule),
                            Html.of(
                                    number(rule.path("carried").asLong()),
                                    text(", " + Texts.size(rule.path("bytes").asLong()))),
                            number(differing(rule))));
            return desk.show(
                    visit,
                    attempt,
                    "Replication",
                    text("Replication"),
                    Show.note("Images are carried to and from other registries. A comparison finds what was missed, and"
                            + " carries it."),
                    rows.orElse("There are no rules: replication is set up in the configuration of the server."),
                    rules(status).isEmpty() ? Html.nothing() : comparison(visit, status));
        });
    }

    private Html comparison(Visit visit, JsonNode status) {
        return status.path("running").asBoolean()
                ? Show.note("A comparison is under way.")
                : Forms.post(visit, desk.link(RUN), Forms.button("Compare now"));
    }

    private static long differing(JsonNode rule) {
        long all = 0;
        for (JsonNode number : rule.path("differing")) {
            all += number.asLong();
        }
        return all;
    }

    private static Html state(Visit visit, JsonNode rule) {
        if (rule.has("problem")) {
            return Html.of(Show.state(Show.State.BAD, "stopped"), text(" "), Texts.foreign(Json.text(rule, "problem")));
        }
        if (rule.has("pausedUntil")) {
            return Html.of(
                    Show.state(Show.State.BAD, "waits"),
                    text(" for the other registry, goes on "),
                    Show.at(rule, "pausedUntil", visit.now(), ""));
        }
        return rule.path("failing").asLong() > 0
                ? Show.state(Show.State.BAD, Texts.count(rule.path("failing").asLong(), "failure"))
                : Show.state(Show.State.GOOD, "works");
    }

    private static Html waiting(JsonNode rule) {
        long lag = rule.path("lagSeconds").asLong();
        return Html.of(
                number(rule.path("queued").asLong()),
                text(lag > 0 ? ", " + (lag < 120 ? lag + " seconds" : lag / 60 + " minutes") + " late" : ""));
    }

    private Optional<PageAnswer> run(Visit visit) {
        if (!visit.isPost() || Apis.find(visit, STATUS, Map.of()).isEmpty()) {
            return Optional.empty();
        }
        Attempt begun = Attempt.of(visit, management -> management.post(STATUS + "/run", Map.of()));
        return begun.isDone() ? Optional.of(PageAnswer.seeOther(desk.link())) : list(visit, begun);
    }

    private Optional<PageAnswer> one(Visit visit) {
        Optional<String> name = visit.asked(NAME);
        return Apis.find(visit, STATUS, Map.of())
                .flatMap(status -> rules(status).stream()
                        .filter(rule -> name.filter(Json.text(rule, NAME)::equals).isPresent())
                        .findFirst())
                .flatMap(rule -> desk.show(
                        visit,
                        Attempt.nothing(),
                        Json.text(rule, NAME),
                        Texts.foreign(Json.text(rule, NAME)),
                        facts(visit, rule),
                        Section.of("Differences", differences(visit, rule)),
                        Section.of("Failures", failures(visit, rule))));
    }

    private static Html facts(Visit visit, JsonNode rule) {
        JsonNode progress = rule.path("progress");
        JsonNode last = rule.path("lastComparison");
        return new Facts()
                .add("Direction", text(Json.text(rule, "direction")))
                .add("State", state(visit, rule))
                .add("Waiting", waiting(rule))
                .add(
                        "Carried",
                        Html.of(
                                number(rule.path("carried").asLong()),
                                text(" images and tags, " + Texts.size(rule.path("bytes").asLong()))))
                .add("Deleted", number(rule.path("deleted").asLong()))
                .add(
                        "Comparison",
                        progress.isMissingNode()
                                ? Optional.empty()
                                : Optional.of(Html.of(
                                        number(progress.path("done").asLong()),
                                        text(" of "),
                                        number(progress.path("of").asLong()),
                                        text(" repositories, begun "),
                                        Show.ago(progress, "started", visit.now(), ""))))
                .add(
                        "Last comparison",
                        last.isMissingNode()
                                ? Optional.empty()
                                : Optional.of(Html.of(
                                        Show.ago(last, "ended", visit.now(), ""),
                                        text(last.path("complete").asBoolean() ? "" : ", not complete"),
                                        text(": "),
                                        number(last.path("tags").asLong()),
                                        text(" tags in "),
                                        number(last.path("repositories").asLong()),
                                        text(" repositories"))))
                .shown();
    }

    private static Html differences(Visit visit, JsonNode rule) {
        Rows rows = Rows.of("Tag", "What", "Source", "Target", "Since");
        Json.objects(rule.path("differences"))
                .forEach(difference -> rows.add(
                        Texts.foreign(Json.text(difference, "repository") + ":" + Json.text(difference, "tag")),
                        text(Json.text(difference, "kind")),
                        Show.digest(difference, "source"),
                        Show.digest(difference, "target"),
                        Show.ago(difference, "since", visit.now(), "")));
        return rows.orElse("None is known.");
    }

    private static Html failures(Visit visit, JsonNode rule) {
        Rows rows = Rows.of("What", "Why", "When", "Attempts", "Again");
        Json.objects(rule.path("failures"))
                .forEach(failure -> rows.add(
                        Texts.foreign(
                                Json.text(failure, "repository") + Json.find(failure, "reference").map(what -> " " + what).orElse("")),
                        Texts.foreign(Json.text(failure, "reason")),
                        Show.ago(failure, "when", visit.now(), ""),
                        number(failure.path("attempts").asLong()),
                        Show.at(failure, "again", visit.now(), "not by itself")));
        return rows.orElse("There are none.");
    }
}
