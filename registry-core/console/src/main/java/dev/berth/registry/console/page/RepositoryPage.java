package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.data;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.rel;
import static dev.berth.registry.console.html.Attributes.scope;
import static dev.berth.registry.console.html.Attributes.when;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.NAV;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.SPAN;
import static dev.berth.registry.console.html.Tag.TABLE;
import static dev.berth.registry.console.html.Tag.TBODY;
import static dev.berth.registry.console.html.Tag.TD;
import static dev.berth.registry.console.html.Tag.TH;
import static dev.berth.registry.console.html.Tag.THEAD;
import static dev.berth.registry.console.html.Tag.TR;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.catalog.ImageKind;
import dev.berth.registry.console.catalog.ImageSummary;
import dev.berth.registry.console.catalog.RepositoryRecord;
import dev.berth.registry.console.catalog.Standing;
import dev.berth.registry.console.html.Element;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.view.Names;
import dev.berth.registry.console.view.TagRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A repository: its tags, and how to pull them. */
public final class RepositoryPage implements Pages {
    private static final int ROWS = 100;
    private static final String BY_NAME = "name";

    private final Frame frame;
    private final Catalog catalog;
    private final Standing standing;
    private final List<TagColumn> columns;
    private final List<RepositorySection> sections;

    /** Makes the page. */
    public RepositoryPage(Frame frame, Catalog catalog, Standing standing, List<ConsolePart> parts) {
        this.frame = frame;
        this.catalog = catalog;
        this.standing = standing;
        this.columns =
                parts.stream().flatMap(part -> part.tagColumns(frame).stream()).toList();
        this.sections = parts.stream()
                .flatMap(part -> part.repositorySections(frame).stream())
                .toList();
    }

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        return Names.repository(rest)
                .filter(name -> !visit.isPost() && visit.maySee(name))
                .map(name -> PageAnswer.of(
                        show(visit, catalog.seen(visit.registry(), name).withoutAttached())));
    }

    private Element show(Visit visit, RepositoryRecord repository) {
        boolean byName = visit.asked(Links.ORDER).filter(BY_NAME::equals).isPresent();
        TagRows tags = TagRows.of(
                repository,
                byName ? TagRows.Order.VERSION : TagRows.Order.NEWEST,
                Names.number(visit.asked(Links.PAGE)).orElse(1),
                ROWS);
        Link here = frame.links().repository(repository.name());
        Link same = byName ? here.with(Links.ORDER, BY_NAME) : here;
        return frame.page(
                visit,
                repository.name().value(),
                H1.of(text(repository.name().value())),
                P.of(css("badges"), Badges.of(visit, standing, repository.name())),
                description(repository),
                pull(visit, repository),
                Section.of(
                        "Tags",
                        order(byName, here),
                        tags.rows().isEmpty()
                                ? P.of(css("empty"), text("No tags."))
                                : table(visit, repository, tags.rows())),
                pages(tags.page(), tags.pages(), same),
                Html.of(sections.stream().map(section -> section.show(visit, repository))));
    }

    private static Html description(RepositoryRecord repository) {
        return repository
                .newest()
                .map(ImageSummary::description)
                .filter(text -> !text.isEmpty())
                .<Html>map(text -> P.of(css("description"), Texts.foreign(text)))
                .orElse(Html.nothing());
    }

    /** With the tag that most people want: latest, else the newest. */
    private static Html pull(Visit visit, RepositoryRecord repository) {
        Optional<Tag> tag = repository.tags().containsKey(Tag.LATEST)
                ? Optional.of(Tag.LATEST)
                : repository
                        .newest()
                        .flatMap(newest -> repository.tags().entrySet().stream()
                                .filter(entry -> entry.getValue().equals(newest.digest()))
                                .map(Map.Entry::getKey)
                                .findFirst());
        return tag.<Html>map(name -> PullCommands.of(
                        visit.host(),
                        repository.name(),
                        tag,
                        repository.tags().get(name),
                        repository
                                .image(name)
                                .filter(image -> image.kind() == ImageKind.ARTIFACT)
                                .isPresent()))
                .orElse(Html.nothing());
    }

    private static Html order(boolean byName, Link here) {
        return NAV.of(
                css("order"),
                aria("label", "Order of the tags"),
                A.of(href(here), when(!byName, aria("current", "true")), text("Newest first")),
                A.of(href(here.with(Links.ORDER, BY_NAME)), when(byName, aria("current", "true")), text("By version")));
    }

    private Html table(Visit visit, RepositoryRecord repository, List<TagRows.Row> tags) {
        List<Html> titles = new ArrayList<>(
                List.of(column("Tag"), column("Platforms"), column("Size"), column("Pushed"), column("Digest")));
        List<List<Html>> cells = new ArrayList<>();
        List<TagColumn> shown = columns.stream()
                .filter(column -> column.isShown(visit, repository))
                .toList();
        shown.forEach(column -> {
            titles.add(column(column.title()));
            cells.add(column.cells(visit, repository, tags));
        });
        List<Html> rows = new ArrayList<>();
        for (int i = 0; i < tags.size(); i++) {
            List<Html> added = new ArrayList<>();
            for (int j = 0; j < shown.size(); j++) {
                added.add(cell(shown.get(j).title(), cells.get(j).get(i)));
            }
            rows.add(
                    row(visit, repository.name(), tags.get(i).tag(), tags.get(i).image(), added));
        }
        return TABLE.of(css("tags"), THEAD.of(TR.of(Html.of(titles))), TBODY.of(Html.of(rows)));
    }

    private static Html column(String title) {
        return TH.of(scope("col"), text(title));
    }

    private Html row(Visit visit, RepositoryName repository, Tag tag, ImageSummary image, List<Html> added) {
        return TR.of(
                when(image.kind() == ImageKind.BROKEN, css("broken")),
                TH.of(scope("row"), A.of(href(frame.links().image(repository, tag)), text(tag.value()))),
                cell("Platforms", what(image)),
                cell("Size", image.kind() == ImageKind.BROKEN ? Html.nothing() : text(Texts.size(image.size()))),
                cell(
                        "Pushed",
                        image.pushed()
                                .or(image::created)
                                .map(time -> Texts.ago(time, visit.now()))
                                .orElse(Html.nothing())),
                cell("Digest", Texts.digest(image.digest())),
                Html.of(added));
    }

    private static Html cell(String title, Html content) {
        return TD.of(data("title", title), content);
    }

    private static Html what(ImageSummary image) {
        return switch (image.kind()) {
            case BROKEN -> SPAN.of(css("problem"), text("cannot be read: "), Texts.foreign(image.problem()));
            case ARTIFACT -> Texts.foreign(image.type());
            case IMAGE, INDEX -> Texts.foreign(String.join(", ", image.platforms()));
        };
    }

    private static Html pages(int page, int pages, Link same) {
        if (pages == 1) {
            return Html.nothing();
        }
        return NAV.of(
                css("pages"),
                aria("label", "Pages"),
                page > 1
                        ? A.of(
                                href(same.with(Links.PAGE, Integer.toString(page - 1))),
                                rel("prev"),
                                text("Previous page"))
                        : Html.nothing(),
                SPAN.of(text("Page " + page + " of " + pages)),
                page < pages
                        ? A.of(href(same.with(Links.PAGE, Integer.toString(page + 1))), rel("next"), text("Next page"))
                        : Html.nothing());
    }
}
