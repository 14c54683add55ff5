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
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mirrors of other registries: whether those answer, what is kept of them, and what was served. */
final class MirrorPages {
    private static final String NAME = "name";
    private static final String ONE = "mirror";

    private final Desk desk;

    MirrorPages(Desk desk) {
        this.desk = desk;
    }

    Map<String, Pages> pages() {
        return Map.of(
                desk.path(),
                (visit, rest) -> visit.isPost() ? Optional.empty() : list(visit),
                desk.path() + "/" + ONE,
                (visit, rest) -> visit.isPost() ? Optional.empty() : one(visit));
    }

    private static Optional<List<JsonNode>> mirrors(Visit visit) {
        return Apis.find(visit, Apis.MIRRORS + "status", Map.of()).map(found -> Json.objects(found.path("mirrors")));
    }

    private Optional<PageAnswer> list(Visit visit) {
        return mirrors(visit).flatMap(mirrors -> {
            Rows rows = Rows.of("Name", "Upstream", "State", "Kept", "Served from here");
            mirrors.forEach(mirror -> rows.add(
                    Show.named(desk.link(ONE).with(NAME, Json.text(mirror, NAME)), Json.text(mirror, NAME)),
                    Texts.foreign(Json.text(mirror, "upstream")),
                    state(visit, mirror),
                    kept(mirror),
                    served(mirror)));
            return desk.show(
                    visit,
                    "Mirrors",
                    Show.note(
                            "What is pulled through a mirror is kept here, and served from here when it is pulled again."
                                    + " Numbers count since the server was started."),
                    rows.orElse("There are no mirrors of repositories that you administer."));
        });
    }

    private static Html state(Visit visit, JsonNode mirror) {
        JsonNode contact = mirror.path("contact");
        if (contact.isMissingNode()) {
            return text("not asked yet");
        }
        if (contact.path("answers").asBoolean()) {
            return Html.of(
                    Show.state(Show.State.GOOD, "answers"),
                    text(", asked "),
                    Show.ago(contact, "last", visit.now(), ""));
        }
        return Html.of(
                Show.state(Show.State.BAD, reason(Json.text(contact, "reason"))),
                text(", began "),
                Show.ago(contact, "since", visit.now(), ""));
    }

    private static String reason(String word) {
        return switch (word) {
            case "timed_out" -> "too late";
            case "limited" -> "takes no more requests";
            case "refused" -> "refuses this mirror";
            case "gone" -> "has it no more";
            default -> "does not answer";
        };
    }

    private static Html kept(JsonNode mirror) {
        String bytes = Texts.size(mirror.path("bytes").asLong());
        return Html.of(
                number(mirror.path("images").asLong()),
                text(" manifests, " + bytes),
                text(
                        mirror.has("budget")
                                ? " of " + Texts.size(mirror.path("budget").asLong())
                                : ""));
    }

    private static Html served(JsonNode mirror) {
        long hits = mirror.path("hits").asLong();
        long all = hits + mirror.path("misses").asLong();
        return all == 0
                ? text("nothing yet")
                : Html.of(number(hits), text(" of "), number(all), text(" (" + 100 * hits / all + " %)"));
    }

    private Optional<PageAnswer> one(Visit visit) {
        Optional<String> name = visit.asked(NAME);
        return mirrors(visit)
                .flatMap(mirrors -> mirrors.stream()
                        .filter(mirror ->
                                name.filter(Json.text(mirror, NAME)::equals).isPresent())
                        .findFirst())
                .flatMap(mirror -> desk.show(
                        visit,
                        Attempt.nothing(),
                        Json.text(mirror, NAME),
                        Texts.foreign(Json.text(mirror, NAME)),
                        upstream(visit, mirror),
                        Section.of("What is kept", contents(mirror)),
                        Section.of("What was served", activity(visit, mirror))));
    }

    private static Html upstream(Visit visit, JsonNode mirror) {
        JsonNode limit = mirror.path("rateLimit");
        return new Facts()
                .add("Upstream", Texts.foreign(Json.text(mirror, "upstream")))
                .add("State", state(visit, mirror))
                .add(
                        "What happened",
                        Json.find(mirror.path("contact"), "message").map(Texts::foreign))
                .add("Requests left", limit.isMissingNode() ? Optional.empty() : Optional.of(limit(visit, limit)))
                .add("Repositories here", Json.find(mirror, "prefix").map(prefix -> Show.code(prefix + "/**")))
                .add("Clients call it", Show.names(Json.texts(mirror.path("namespaces")), "by its repositories only"))
                .add("Asked for other names", text(mirror.path("default").asBoolean() ? "yes" : "no"))
                .shown();
    }

    private static Html limit(Visit visit, JsonNode limit) {
        return Html.of(
                number(limit.path("remaining").asLong()),
                limit.has("limit")
                        ? Html.of(text(" of "), number(limit.path("limit").asLong()))
                        : Html.nothing(),
                text(
                        limit.has("windowSeconds")
                                ? " in " + limit.path("windowSeconds").asLong() / 60 + " minutes"
                                : ""),
                text(", as it said "),
                Show.ago(limit, "seen", visit.now(), ""));
    }

    private static Html contents(JsonNode mirror) {
        return new Facts()
                .add("Kept", kept(mirror))
                .add("Arriving", text(Texts.size(mirror.path("arriving").asLong())))
                .add("Downloads", number(mirror.path("downloads").asLong()))
                .add("Downloaded", text(Texts.size(mirror.path("downloaded").asLong())))
                .add("Evicted", Html.of(number(mirror.path("evicted").asLong()), text(" images")))
                .shown();
    }

    private static Html activity(Visit visit, JsonNode mirror) {
        JsonNode stale = mirror.path("lastStale");
        return new Facts()
                .add("From here", served(mirror))
                .add("Perhaps outdated", number(mirror.path("stale").asLong()))
                .add("The last of these", stale.isMissingNode() ? Optional.empty() : Optional.of(stale(visit, stale)))
                .add("Not to be mirrored", number(mirror.path("refused").asLong()))
                .add("Failed downloads", number(mirror.path("failed").asLong()))
                .shown();
    }

    private static Html stale(Visit visit, JsonNode stale) {
        String reference = Json.text(stale, "reference");
        return Html.of(
                Texts.foreign(Json.text(stale, "repository") + (reference.isEmpty() ? "" : ":" + reference)),
                text(", last checked "),
                Show.ago(stale, "checked", visit.now(), "at a time that is not known"),
                text(": "),
                Texts.foreign(Json.text(stale, "message")));
    }
}
