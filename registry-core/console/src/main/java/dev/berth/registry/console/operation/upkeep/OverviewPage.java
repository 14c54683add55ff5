package dev.berth.registry.console.operation.upkeep;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.number;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.H2;
import static dev.berth.registry.console.html.Tag.LI;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.UL;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.operation.Show.State;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the registry is, at a glance. A part that cannot be asked says so, and the others are shown. */
final class OverviewPage implements Pages {
    private final Frame frame;

    OverviewPage(Frame frame) {
        this.frame = frame;
    }

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        if (visit.isPost() || !rest.isEmpty() || !Upkeep.of(visit).isAllowed()) {
            return Optional.empty();
        }
        List<Html> parts = new ArrayList<>();
        parts.add(part("Storage", UpkeepPart.STORAGE, storage(ask(visit, Apis.MAINTENANCE + "storage", "1"))));
        parts.add(part(
                "Collection", UpkeepPart.COLLECTION, collection(visit, ask(visit, Apis.MAINTENANCE + "collection"))));
        parts.add(part("Scrub", UpkeepPart.SCRUB, scrub(visit, ask(visit, Apis.MAINTENANCE + "scrub"))));
        parts.add(part("Trash", UpkeepPart.TRASH, trash(visit, ask(visit, Apis.MAINTENANCE + "trash", "2"))));
        if (visit.management().has(Apis.WEBHOOKS)) {
            parts.add(part("Webhooks", "operations/webhooks", webhooks(ask(visit, Apis.WEBHOOKS + "endpoints"))));
        }
        if (visit.management().has(Apis.MIRRORS)) {
            parts.add(part("Mirrors", "operations/mirrors", mirrors(ask(visit, Apis.MIRRORS + "status"))));
        }
        parts.add(part("Audit", UpkeepPart.AUDIT, audit(visit)));
        return Optional.of(PageAnswer.of(frame.operations(
                visit,
                UpkeepPart.OVERVIEW,
                "Operations",
                H1.of(text("Operations")),
                UL.of(css("glance"), Html.of(parts)))));
    }

    private Html part(String title, String path, Html content) {
        return LI.of(H2.of(A.of(href(frame.links().to(path)), text(title))), content);
    }

    private static JsonNode ask(Visit visit, String path, String limit) {
        return ask(visit, path, Map.of("limit", limit));
    }

    private static JsonNode ask(Visit visit, String path) {
        return ask(visit, path, Map.of());
    }

    private static JsonNode ask(Visit visit, String path, Map<String, String> query) {
        try {
            return visit.management().get(path, query);
        } catch (RegistryException e) {
            return MissingNode.getInstance();
        }
    }

    private static Html line(Html... content) {
        return P.of(Html.of(content));
    }

    private static Html unknown() {
        return line(Show.state(State.OFF, "cannot be told at this time"));
    }

    private static Html storage(JsonNode storage) {
        if (storage.isMissingNode()) {
            return unknown();
        }
        if (!storage.path("on").asBoolean()) {
            return line(Show.state(State.OFF, "not counted"));
        }
        JsonNode total = storage.path("total");
        return line(
                text(Texts.size(total.path("bytes").asLong()) + " in "
                        + Counts.repositories(total.path("repositories").asLong())),
                text(storage.path("complete").asBoolean() ? "" : ", and more: it is being counted"));
    }

    private static Html collection(Visit visit, JsonNode collection) {
        if (collection.isMissingNode()) {
            return unknown();
        }
        JsonNode last = collection.path("last");
        return Html.of(
                line(onOrOff(collection)),
                last.isMissingNode()
                        ? line(text("None has ended yet"))
                        : line(
                                Json.find(last, "failure").isPresent()
                                        ? Show.state(State.BAD, "failed")
                                        : removed(last.path("report")),
                                text(" · "),
                                Show.ago(last, "ended", visit.now(), "")));
    }

    private static Html removed(JsonNode report) {
        long removed = report.path("counts").path("removed").asLong();
        return removed == 0
                ? text("Removed nothing")
                : text("Removed " + Texts.size(report.path("bytes").path("removed").asLong()));
    }

    private static Html onOrOff(JsonNode work) {
        return work.path("on").asBoolean() ? Show.state(State.GOOD, "on") : Show.state(State.OFF, "off in this process");
    }

    private static Html scrub(Visit visit, JsonNode scrub) {
        if (scrub.isMissingNode()) {
            return unknown();
        }
        JsonNode last = scrub.path("last");
        if (last.isMissingNode()) {
            return Html.of(line(onOrOff(scrub)), line(text("No round has ended yet")));
        }
        long problems = last.path("problems").asLong();
        return Html.of(
                line(onOrOff(scrub)),
                line(
                        problems == 0
                                ? Show.state(State.GOOD, "nothing is damaged")
                                : Show.state(State.BAD, Texts.count(problems, "problem")),
                        text(" · "),
                        Show.ago(last, "finished", visit.now(), "")));
    }

    private static Html trash(Visit visit, JsonNode trash) {
        if (trash.isMissingNode()) {
            return unknown();
        }
        int repositories = trash.path("repositories").size();
        String window = Durations.of(Upkeep.of(visit).status().path("windowSeconds").asLong());
        return Html.of(
                line(text(
                        switch (repositories) {
                            case 0 -> "Empty";
                            case 1 -> "One repository has something in it";
                            default -> "Several repositories have something in it";
                        })),
                line(text("What is deleted can be restored for " + window)));
    }

    private static Html webhooks(JsonNode webhooks) {
        if (webhooks.isMissingNode()) {
            return unknown();
        }
        long dead = Json.objects(webhooks.path("endpoints")).stream()
                .mapToLong(endpoint -> endpoint.path("delivery").path("deadLetters").asLong())
                .sum();
        return line(
                number(webhooks.path("endpoints").size()),
                text(webhooks.path("endpoints").size() == 1 ? " receiver, " : " receivers, "),
                dead == 0
                        ? Show.state(State.GOOD, "no dead letters")
                        : Show.state(State.BAD, Texts.count(dead, "dead letter")));
    }

    private static Html mirrors(JsonNode mirrors) {
        if (mirrors.isMissingNode()) {
            return unknown();
        }
        List<JsonNode> all = Json.objects(mirrors.path("mirrors"));
        long silent = all.stream()
                .filter(mirror -> mirror.has("contact")
                        && !mirror.path("contact").path("answers").asBoolean())
                .count();
        return line(
                number(all.size()),
                text(all.size() == 1 ? " mirror, " : " mirrors, "),
                silent == 0
                        ? Show.state(State.GOOD, "no upstream is out of reach")
                        : Show.state(State.BAD, Texts.count(silent, "upstream") + " out of reach"));
    }

    private static Html audit(Visit visit) {
        return line(
                Upkeep.of(visit).has("audit")
                        ? Show.state(State.GOOD, "kept")
                        : Show.state(State.OFF, "not kept in the storage"));
    }
}
