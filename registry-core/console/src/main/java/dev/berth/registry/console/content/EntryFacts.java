package dev.berth.registry.console.content;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.CODE;
import static dev.berth.registry.console.html.Tag.P;

import dev.berth.registry.console.content.FilesView.AtEntry;
import dev.berth.registry.console.content.LayerEntry.Kind;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Facts;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;

/** Something in a layer that is no directory. */
final class EntryFacts {
    private final Places places;

    EntryFacts(Places places) {
        this.places = places;
    }

    Html of(Visit visit, FilesView view, AtEntry at) {
        LayerEntry entry = at.entry();
        Facts facts = new Facts();
        facts.add("Kind", text(kind(entry.kind())));
        if (!entry.target().isEmpty()) {
            Html target = FileNames.shown(entry.target());
            facts.add(
                    "Leads to",
                    at.target()
                            .<Html>map(path -> A.of(href(places.of(view, path)), target))
                            .orElseGet(() -> Html.of(
                                    target, text(" (this layer does not have it)"))));
        }
        if (entry.kind() != Kind.REMOVED) {
            facts.add("Mode", CODE.of(text(FileModes.text(entry))));
            facts.add("Owner", text(entry.userId() + ":" + entry.groupId()));
            facts.add("Modified", FileTimes.shown(entry, visit));
        }
        if (entry.kind() == Kind.FILE) {
            facts.add("Size", text(Texts.size(entry.size())));
        }
        return Html.of(facts.html(), entry.kind() == Kind.FILE ? content(view, at) : Html.nothing());
    }

    private Html content(FilesView view, AtEntry at) {
        return Section.of(
                "Content",
                P.of(A.of(
                        href(places.of(view, at.entry().path()).with("download", "true")), text("Download the file"))),
                at.head()
                        .map(FileText::of)
                        .orElseGet(() -> P.of(
                                css("problem"), text("The layer cannot be read up to this file."))));
    }

    private static String kind(Kind kind) {
        return switch (kind) {
            case FILE -> "File";
            case DIRECTORY -> "Directory";
            case SYMLINK -> "Symbolic link";
            case HARD_LINK -> "Another name of a file";
            case SPECIAL -> "Device, pipe or the like";
            case REMOVED -> "Removed: what the layers below have here is not in the image";
        };
    }
}
