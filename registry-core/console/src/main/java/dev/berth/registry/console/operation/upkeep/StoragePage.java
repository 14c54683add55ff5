package dev.berth.registry.console.operation.upkeep;

import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.role;
import static dev.berth.registry.console.html.Drawing.box;
import static dev.berth.registry.console.html.Drawing.height;
import static dev.berth.registry.console.html.Drawing.width;
import static dev.berth.registry.console.html.Drawing.x;
import static dev.berth.registry.console.html.Drawing.y;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.G;
import static dev.berth.registry.console.html.Tag.RECT;
import static dev.berth.registry.console.html.Tag.SVG;
import static dev.berth.registry.console.html.Tag.TEXT;
import static dev.berth.registry.console.html.Tag.TITLE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Facts;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Rows;
import dev.berth.registry.console.operation.Show;
import dev.berth.registry.console.page.LayerBars;
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

/** What repositories use: a picture of it, drawn to scale, and a table that says the same. */
final class StoragePage implements Pages {
    private static final int MOST_ROWS = 200;

    /** More parts could not be told apart. */
    private static final int MOST_PARTS = 40;

    private static final double WIDTH = 1000;
    private static final double HEIGHT = 420;

    /** How many units a letter of a name takes, and a line. */
    private static final double LETTER = 11;

    private static final double LINE = 24;

    private final Desk desk;

    StoragePage(Desk desk) {
        this.desk = desk;
    }

    /** A repository, or all others together. */
    private record Part(String name, long bytes) {}

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        if (visit.isPost()) {
            return Optional.empty();
        }
        return Upkeep.ask(visit, "storage", Map.of("limit", Integer.toString(MOST_ROWS)))
                .flatMap(storage -> storage.path("on").asBoolean() ? show(visit, storage) : showNothing(visit));
    }

    private Optional<PageAnswer> showNothing(Visit visit) {
        return desk.show(
                visit,
                "Storage",
                Show.note("This registry does not count what repositories use. A registry that is not read-only counts it"
                        + " while it has the console, or with a quota for all repositories."));
    }

    private Optional<PageAnswer> show(Visit visit, JsonNode storage) {
        List<Part> parts = Json.objects(storage.path("repositories")).stream()
                .map(one -> new Part(Json.text(one, "repository"), one.path("bytes").asLong()))
                .toList();
        JsonNode total = storage.path("total");
        long all = total.path("bytes").asLong();
        JsonNode stored = storage.path("stored");
        return desk.show(
                visit,
                "Storage",
                new Facts()
                        .add("Repositories use", text(Texts.size(all)))
                        .add("Repositories", Html.number(total.path("repositories").asLong()))
                        .add(
                                "In the storage",
                                stored.isMissingNode()
                                        ? Optional.empty()
                                        : Optional.of(Html.of(
                                                text(Texts.size(stored.path("bytes").asLong())
                                                        + ", as a scrub has found "),
                                                Show.ago(stored, "counted", visit.now(), ""))))
                        .shown(),
                storage.path("complete").asBoolean()
                        ? Html.nothing()
                        : Show.note("Everything is being counted for the first time; some of it is missing here."),
                Show.note("What a repository has several times counts once for it. What several repositories share counts for"
                        + " each of them, so that together they can use more than is in the storage."),
                parts.isEmpty() ? Html.nothing() : Section.of("By repository", picture(parts, all)),
                table(parts, total.path("repositories").asLong(), all));
    }

    private Html picture(List<Part> all, long total) {
        List<Part> parts = new ArrayList<>(all.subList(0, Math.min(MOST_PARTS, all.size())));
        long others = total - parts.stream().mapToLong(Part::bytes).sum();
        if (others > 0) {
            parts.add(new Part("", others));
        }
        // The others may be more than the last one is, and are last all the same.
        List<Treemap.Area> areas =
                Treemap.of(WIDTH, HEIGHT, parts.stream().map(Part::bytes).toList());
        List<Html> drawn = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            drawn.add(draw(parts.get(i), areas.get(i), i));
        }
        return SVG.of(
                css("treemap"),
                box(WIDTH, HEIGHT),
                role("group"),
                aria("label", "What repositories use, drawn to scale; the table below says the same"),
                Html.of(drawn));
    }

    private Html draw(Part part, Treemap.Area area, int number) {
        String name = part.name().isEmpty() ? "all others" : part.name();
        Html drawn = Html.of(
                TITLE.of(text(name + ": " + Texts.size(part.bytes()))),
                RECT.of(
                        css("part-" + number % 4),
                        x(area.x()),
                        y(area.y()),
                        width(area.width()),
                        height(area.height())),
                label(name, part.bytes(), area));
        return Names.repository(part.name())
                .<Html>map(repository -> A.of(href(desk.frame().links().repository(repository)), drawn))
                .orElseGet(() -> G.of(drawn));
    }

    private static Html label(String name, long bytes, Treemap.Area area) {
        int letters = (int) ((area.width() - LETTER) / LETTER);
        if (letters < 4 || area.height() < LINE * 1.2) {
            return Html.nothing();
        }
        // The end of a name tells more than its beginning.
        String shown = name.length() <= letters ? name : "…" + name.substring(name.length() - letters + 1);
        return Html.of(
                TEXT.of(x(area.x() + LETTER / 2), y(area.y() + LINE), text(shown)),
                area.height() < LINE * 2.2
                        ? Html.nothing()
                        : TEXT.of(
                                css("soft"),
                                x(area.x() + LETTER / 2),
                                y(area.y() + LINE * 2),
                                text(Texts.size(bytes))));
    }

    private Html table(List<Part> parts, long repositories, long all) {
        long most = parts.isEmpty() ? 0 : parts.get(0).bytes();
        Rows rows = Rows.of("Repository", "Uses", "Of all");
        for (Part part : parts) {
            rows.add(
                    Names.repository(part.name())
                            .map(name -> Show.named(desk.frame().links().repository(name), part.name()))
                            .orElseGet(() -> Texts.foreign(part.name())),
                    DIV.of(LayerBars.bar(part.bytes(), most), text(Texts.size(part.bytes()))),
                    text(share(part.bytes(), all)));
        }
        return Html.of(
                rows.orElse("No repository has anything."),
                repositories > parts.size()
                        ? Show.note("These are the largest of " + Counts.repositories(repositories) + ".")
                        : Html.nothing());
    }

    private static String share(long bytes, long all) {
        long thousandths = all == 0 ? 0 : Math.round(1000.0 * bytes / all);
        return thousandths == 0 && bytes > 0 ? "< 0.1 %" : thousandths / 10 + "." + thousandths % 10 + " %";
    }
}
