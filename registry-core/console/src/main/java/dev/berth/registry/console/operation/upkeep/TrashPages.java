package dev.berth.registry.console.operation.upkeep;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.role;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.LI;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.UL;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Attempt;
import dev.berth.registry.console.operation.Desk;
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
import dev.berth.registry.console.view.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What was deleted: by repository, to be restored, or removed for good. */
final class TrashPages {
    private static final String REPOSITORY = "repository";
    private static final String TAG = "tag";
    private static final String DIGEST = "digest";
    private static final String HOURS = "hours";
    private static final String RESTORE = "restore";
    private static final String PURGE = "purge";
    private static final String RESTORED = "restored";
    private static final int MOST_HOURS = 24 * 90;
    private static final long HOUR = 3_600;

    private final Desk desk;

    TrashPages(Desk desk) {
        this.desk = desk;
    }

    Map<String, Pages> pages() {
        return Map.of(
                desk.path(), (visit, rest) -> visit.isPost() ? Optional.empty() : show(visit),
                desk.path() + "/" + RESTORE, (visit, rest) -> visit.isPost() ? restore(visit) : Optional.empty(),
                desk.path() + "/" + PURGE, (visit, rest) -> purge(visit));
    }

    private Optional<PageAnswer> show(Visit visit) {
        Map<String, String> query = new LinkedHashMap<>();
        visit.asked(REPOSITORY).ifPresent(repository -> query.put(REPOSITORY, repository));
        visit.asked(Links.AFTER).ifPresent(after -> query.put(Links.AFTER, after));
        return Upkeep.ask(visit, "trash", query)
                .flatMap(trash ->
                        query.containsKey(REPOSITORY) ? showOne(visit, trash) : showRepositories(visit, trash));
    }

    private Optional<PageAnswer> showRepositories(Visit visit, JsonNode trash) {
        List<Html> names = new ArrayList<>();
        Json.texts(trash.path("repositories"))
                .forEach(name -> names.add(LI.of(Show.named(desk.link().with(REPOSITORY, name), name))));
        long window = trash.path("windowSeconds").asLong();
        return desk.show(
                visit,
                "Trash",
                Show.note(
                        window == 0
                                ? "What is deleted from this registry is gone at once."
                                : "What was deleted can be restored for " + Durations.of(window)
                                        + ". Until then it takes up space."),
                names.isEmpty()
                        ? P.of(css("empty"), text("Nothing that was deleted can be restored."))
                        : Section.of("Repositories", UL.of(Html.of(names))),
                Show.pages(desk.link(), visit.asked(Links.AFTER).isPresent(), trash));
    }

    private Optional<PageAnswer> showOne(Visit visit, JsonNode trash) {
        String name = Json.text(trash, REPOSITORY);
        Link here = desk.link().with(REPOSITORY, name);
        Rows rows = Rows.of("Digest", "Tags", "Size", "Deleted", "Until", "Restore");
        Json.objects(trash.path("deleted")).forEach(deleted -> rows.add(row(visit, name, deleted)));
        boolean any = !trash.path("deleted").isEmpty();
        return desk.show(
                visit,
                Attempt.nothing(),
                "Trash of " + name,
                Desk.heading("Trash of ", name, ""),
                restored(visit),
                rows.orElse("Nothing that was deleted from this repository can be restored."),
                Show.pages(here, visit.asked(Links.AFTER).isPresent(), trash),
                any ? everything(visit, name) : Html.nothing(),
                Show.actions(
                        Names.repository(name)
                                .map(repository ->
                                        Show.link(desk.frame().links().repository(repository), "To the repository"))
                                .orElse(Html.nothing()),
                        Show.link(desk.link(), "To all repositories")));
    }

    private static Html restored(Visit visit) {
        OptionalInt restored = Names.number(visit.asked(RESTORED));
        if (restored.isEmpty()) {
            return Html.nothing();
        }
        return P.of(
                css("done"),
                role("status"),
                text(
                        restored.getAsInt() > 0
                                ? "Manifests and tags that are there again: " + restored.getAsInt() + "."
                                : "Everything of it is there already."));
    }

    private Html[] row(Visit visit, String repository, JsonNode deleted) {
        String digest = Json.text(deleted, DIGEST);
        List<JsonNode> tags = Json.objects(deleted.path("tags"));
        boolean whole = deleted.has("deleted");
        JsonNode told = whole || tags.isEmpty() ? deleted : tags.get(0);
        List<Html> restores = new ArrayList<>();
        if (whole) {
            restores.add(form(visit, repository, DIGEST, digest, "Restore the image"));
            restores.add(Show.actions(Show.link(
                    desk.link(PURGE).with(REPOSITORY, repository).with(DIGEST, digest), "Remove for good")));
        } else {
            tags.forEach(tag -> restores.add(
                    form(visit, repository, TAG, Json.text(tag, TAG), "Restore the tag " + Json.text(tag, TAG))));
        }
        return new Html[] {
            Names.digest(digest).map(Texts::digest).orElseGet(() -> Show.code(digest)),
            tags(tags, deleted.path("furtherTags").asLong()),
            text(Texts.size(deleted.path("size").asLong())),
            Show.ago(told, "deleted", visit.now(), ""),
            DIV.of(Show.until(told, "until", visit.now(), "")),
            DIV.of(Html.of(restores))
        };
    }

    private static Html tags(List<JsonNode> tags, long further) {
        return DIV.of(
                Show.names(tags.stream().map(tag -> Json.text(tag, TAG)).toList(), "none"),
                text(further > 0 ? " and " + Texts.count(further, "more tag") : ""));
    }

    private Html form(Visit visit, String repository, String field, String what, String button) {
        return Forms.post(
                visit,
                desk.link(RESTORE),
                Forms.hidden(REPOSITORY, repository),
                Forms.hidden(field, what),
                Forms.button(button));
    }

    private Html everything(Visit visit, String repository) {
        Map<String, String> spans = new LinkedHashMap<>();
        spans.put("1", "The last hour");
        spans.put("24", "The last day");
        spans.put("168", "The last week");
        spans.put(Integer.toString(MOST_HOURS), "Any time");
        return Html.of(
                Section.of(
                        "Restore what was deleted in a time",
                        Forms.post(
                                visit,
                                desk.link(RESTORE),
                                Forms.hidden(REPOSITORY, repository),
                                Forms.choice("Deleted in", HOURS, spans, "24"),
                                Forms.button("Restore all of it"))),
                Section.of(
                        "Remove for good",
                        Show.actions(Show.link(
                                desk.link(PURGE).with(REPOSITORY, repository),
                                "Remove all that was deleted from this repository"))));
    }

    private Optional<PageAnswer> restore(Visit visit) {
        if (!Upkeep.of(visit).isAllowed()) {
            return Optional.empty();
        }
        String repository = visit.form().get(REPOSITORY);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(REPOSITORY, repository);
        visit.form().find(TAG).ifPresent(tag -> fields.put(TAG, tag));
        visit.form().find(DIGEST).ifPresent(digest -> fields.put(DIGEST, digest));
        Names.number(visit.form().find(HOURS))
                .ifPresent(hours -> fields.put(
                        "since",
                        visit.now()
                                .minusSeconds(HOUR * Math.max(0, Math.min(MOST_HOURS, hours)))
                                .toString()));
        Attempt attempt =
                Attempt.of(visit, management -> management.post(Apis.MAINTENANCE + "trash/restore", fields));
        Link back = desk.link().with(REPOSITORY, repository);
        if (attempt.isDone() && attempt.answer().orElseThrow().path("problems").isEmpty()) {
            JsonNode report = attempt.answer().orElseThrow();
            long all = report.path("manifests").asLong() + report.path("tags").asLong();
            return Optional.of(PageAnswer.seeOther(back.with(RESTORED, Long.toString(all))));
        }
        return desk.show(
                visit,
                attempt,
                "Not all is restored",
                text(attempt.isDone() ? "Not all is restored" : "Not restored"),
                attempt.answer().map(TrashPages::problems).orElse(Html.nothing()),
                Show.actions(Show.link(back, "Back to the trash")));
    }

    private static Html problems(JsonNode report) {
        List<Html> problems = new ArrayList<>();
        Json.texts(report.path("problems")).forEach(problem -> problems.add(LI.of(Texts.foreign(problem))));
        long further = report.path("furtherProblems").asLong();
        return Html.of(
                P.of(text("Restored " + Texts.count(report.path("manifests").asLong(), "manifest") + " and "
                        + Texts.count(report.path("tags").asLong(), "tag") + ". What could not be restored:")),
                UL.of(Html.of(problems)),
                further > 0 ? Show.note("And " + Texts.count(further, "more problem") + ".") : Html.nothing());
    }

    private Optional<PageAnswer> purge(Visit visit) {
        Optional<String> repository = Desk.about(visit, REPOSITORY).filter(name -> Names.repository(name)
                .isPresent());
        Optional<String> digest = Desk.about(visit, DIGEST);
        boolean sound = digest.map(text -> Names.digest(text).isPresent()).orElse(true);
        if (repository.isEmpty() || !sound || !Upkeep.of(visit).isAllowed()) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(REPOSITORY, repository.get());
        digest.ifPresent(one -> fields.put(DIGEST, one));
        return desk.ask(
                visit,
                PURGE,
                new Question(
                        "Remove for good?",
                        Html.of(
                                text(digest.isPresent() ? "Remove this image of " : "Remove what was deleted from "),
                                Texts.foreign(repository.get()),
                                text(" for good?")),
                        List.of(
                                digest.<Html>map(one -> P.of(Show.code(one))).orElse(Html.nothing()),
                                Show.note("It cannot be restored then. The next collections free the space that it takes.")),
                        fields,
                        "Remove for good",
                        desk.link().with(REPOSITORY, repository.get()),
                        management -> management.post(Apis.MAINTENANCE + "trash/purge", fields)));
    }
}
