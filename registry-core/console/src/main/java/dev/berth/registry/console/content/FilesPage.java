package dev.berth.registry.console.content;

import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.data;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.rel;
import static dev.berth.registry.console.html.Attributes.role;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.NAV;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.SPAN;

import dev.berth.registry.console.content.FilesView.AtEntry;
import dev.berth.registry.console.content.FilesView.BeingRead;
import dev.berth.registry.console.content.FilesView.InDirectory;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.LongText;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.view.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a layer: a directory, or one of its files. */
final class FilesPage implements Pages {
    private final Frame frame;
    private final FilesLookup files;
    private final LayerFiles layers;

    FilesPage(Frame frame, FilesLookup files, LayerFiles layers) {
        this.frame = frame;
        this.files = files;
        this.layers = layers;
    }

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        return Names.repository(rest)
                .filter(name -> !visit.isPost() && visit.maySee(name))
                .flatMap(name -> files.find(visit.registry(), name, visit::asked))
                .map(view -> visit.asked("download").isPresent()
                                && view.state() instanceof AtEntry at
                                && at.entry().kind() == LayerEntry.Kind.FILE
                        ? PageAnswer.file(at.entry().name(), new FileBody(layers, view, at.entry()))
                        : page(visit, view));
    }

    private PageAnswer page(Visit visit, FilesView view) {
        List<Html> content = new ArrayList<>();
        content.add(P.of(
                css("path"),
                A.of(
                        href(frame.links().repository(view.image().repository())),
                        text(view.image().repository().value())),
                text(" / "),
                A.of(
                        href(frame.links().image(view.image().repository(), view.image().digest())),
                        Texts.digest(view.image().digest()))));
        content.add(H1.of(
                text("Files of layer " + view.number() + " of "
                        + view.image().layers().size())));
        content.add(layerLinks(view));
        if (view.state() instanceof InDirectory in) {
            content.add(where(view));
            content.add(totals(view, in.totals()));
            content.add(new DirectoryTable(this::place).of(visit, view, in.directory()));
        } else if (view.state() instanceof AtEntry at) {
            content.add(where(view));
            content.add(new EntryFacts(this::place).of(visit, view, at));
        } else if (view.state() instanceof BeingRead) {
            content.add(P.of(
                    role("status"),
                    data("again", ""),
                    text("The layer of " + Texts.size(view.layer().size()) + " is being read. "),
                    A.of(href(place(view, view.path())), text("Look again"))));
        }
        String subject = view.path().isEmpty() ? "Files" : view.path().substring(view.path().lastIndexOf('/') + 1);
        return PageAnswer.of(frame.page(visit, subject + " · " + view.image().repository(), Html.of(content)));
    }

    /** To the layers below and above. */
    private Html layerLinks(FilesView view) {
        int number = view.number();
        var all = view.image().layers();
        if (all.size() == 1) {
            return Html.nothing();
        }
        return NAV.of(
                css("order"),
                aria("label", "Layers"),
                number > 1
                        ? A.of(
                                href(layer(view, number - 2)),
                                rel("prev"),
                                text("Layer below"))
                        : Html.nothing(),
                number < all.size()
                        ? A.of(href(layer(view, number)), rel("next"), text("Layer above"))
                        : Html.nothing());
    }

    private Link layer(FilesView view, int index) {
        return frame.links()
                .layer(
                        view.image().repository(),
                        view.image().digest(),
                        view.image().layers().get(index).digest());
    }

    private Link place(FilesView view, String path) {
        return FilePaths.with(layer(view, view.number() - 1), path);
    }

    /** Each directory on the way. */
    private Html where(FilesView view) {
        List<Html> way = new ArrayList<>();
        String[] segments = view.path().isEmpty() ? new String[0] : view.path().split("/", -1);
        way.add(
                segments.length == 0
                        ? SPAN.of(aria("current", "location"), text("root"))
                        : A.of(href(place(view, "")), text("root")));
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < segments.length; i++) {
            path.append(i == 0 ? "" : "/").append(segments[i]);
            way.add(text(" / "));
            way.add(
                    i == segments.length - 1
                            ? SPAN.of(aria("current", "location"), FileNames.shown(segments[i]))
                            : A.of(href(place(view, path.toString())), FileNames.shown(segments[i])));
        }
        return NAV.of(css("way"), aria("label", "Directories"), Html.of(way));
    }

    private static Html totals(FilesView view, LayerIndex.Totals totals) {
        return Html.of(
                totals.problem().isEmpty()
                        ? Html.nothing()
                        : P.of(
                                css("problem"),
                                text(
                                        totals.entries() == 0
                                                ? "The layer cannot be read: "
                                                : "The layer cannot be read to its end: "),
                                LongText.foreign(totals.problem())),
                P.of(
                        css("facts"),
                        SPAN.of(text(Texts.amount(totals.entries()) + (totals.entries() == 1 ? " entry" : " entries"))),
                        SPAN.of(text(Texts.size(totals.bytes()) + " of files")),
                        SPAN.of(text(Texts.size(view.layer().size()) + " stored")),
                        Texts.digest(view.layer().digest())));
    }
}
