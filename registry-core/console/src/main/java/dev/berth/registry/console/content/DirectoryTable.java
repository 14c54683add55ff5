package dev.berth.registry.console.content;

import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.data;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.rel;
import static dev.berth.registry.console.html.Attributes.scope;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.CODE;
import static dev.berth.registry.console.html.Tag.NAV;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.SPAN;
import static dev.berth.registry.console.html.Tag.TABLE;
import static dev.berth.registry.console.html.Tag.TBODY;
import static dev.berth.registry.console.html.Tag.TD;
import static dev.berth.registry.console.html.Tag.TH;
import static dev.berth.registry.console.html.Tag.THEAD;
import static dev.berth.registry.console.html.Tag.TR;

import dev.berth.registry.console.content.LayerEntry.Kind;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.ArrayList;
import java.util.List;

/** What is in a directory of a layer, a page at a time. */
final class DirectoryTable {
    static final int ROWS = 500;

    private final Places places;

    DirectoryTable(Places places) {
        this.places = places;
    }

    Html of(Visit visit, FilesView view, LayerIndex.Directory directory) {
        String after = visit.asked(Links.AFTER).orElse("");
        List<LayerEntry> page = page(directory, after, ROWS + 1);
        List<Html> rows = new ArrayList<>();
        page.stream().limit(ROWS).forEach(entry -> rows.add(row(view, visit, entry)));
        return Html.of(
                directory.opaque()
                        ? P.of(css("note"), text("The layer hides what the layers below have in this directory."))
                        : Html.nothing(),
                rows.isEmpty()
                        ? P.of(css("empty"), text(after.isEmpty() ? "Nothing is in it." : "There is no more."))
                        : TABLE.of(
                                css("files"),
                                THEAD.of(TR.of(
                                        column("Name"),
                                        column("Size"),
                                        column("Mode"),
                                        column("Owner"),
                                        column("Modified"))),
                                TBODY.of(Html.of(rows))),
                page.size() > ROWS
                        ? NAV.of(
                                css("pages"),
                                aria("label", "Pages"),
                                A.of(
                                        href(places.of(view, view.path())
                                                .with(Links.AFTER, page.get(ROWS - 1).name())),
                                        rel("next"),
                                        text("Next page")))
                        : Html.nothing());
    }

    /** Returns the entries after a name. */
    static List<LayerEntry> page(LayerIndex.Directory directory, String after, int most) {
        return directory.entries().stream()
                .filter(entry -> entry.name().compareTo(after) > 0)
                .limit(most)
                .toList();
    }

    private static Html column(String title) {
        return TH.of(scope("col"), text(title));
    }

    private Html row(FilesView view, Visit visit, LayerEntry entry) {
        boolean removed = entry.kind() == Kind.REMOVED;
        boolean facts = !removed && !entry.isImplied();
        return TR.of(
                TH.of(scope("row"), name(view, entry)),
                TD.of(data("title", "Size"), entry.kind() == Kind.FILE ? text(Texts.size(entry.size())) : Html.nothing()),
                TD.of(data("title", "Mode"), facts ? CODE.of(text(FileModes.text(entry))) : Html.nothing()),
                TD.of(
                        data("title", "Owner"),
                        facts ? text(entry.userId() + ":" + entry.groupId()) : Html.nothing()),
                TD.of(data("title", "Modified"), facts ? FileTimes.shown(entry, visit) : Html.nothing()));
    }

    private Html name(FilesView view, LayerEntry entry) {
        Html name = FileNames.shown(entry.name());
        return switch (entry.kind()) {
            case REMOVED ->
                SPAN.of(
                        SPAN.of(css("removed"), name),
                        SPAN.of(css("note"), text(" is removed from the layers below")));
            case DIRECTORY -> A.of(href(places.of(view, entry.path())), name, text("/"));
            case SYMLINK, HARD_LINK ->
                SPAN.of(
                        A.of(href(places.of(view, entry.path())), name),
                        SPAN.of(css("note"), text(" → "), FileNames.shown(entry.target())));
            case FILE, SPECIAL -> A.of(href(places.of(view, entry.path())), name);
        };
    }
}
