package dev.berth.registry.console.deletion;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.P;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.Action;
import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.catalog.RepositoryRecord;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.ConsolePart;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.ImageSection;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.ShownImage;
import dev.berth.registry.console.page.TagColumn;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.view.TagRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deletes tags and images, for those who may. */
public final class DeletionPart implements ConsolePart {
    static final String PATH = "delete";

    private final Catalog catalog;
    private final Duration undelete;

    /**
     * Makes the part.
     *
     * @param catalog knows which tags name an image
     * @param undelete for how long what is deleted can be restored; zero: not at all
     */
    public DeletionPart(Catalog catalog, Duration undelete) {
        this.catalog = catalog;
        this.undelete = undelete;
    }

    @Override
    public Map<String, Pages> pages(Frame frame) {
        return Map.of(PATH + "/", new DeletionPage(frame, catalog, undelete));
    }

    @Override
    public List<ImageSection> imageSections(Frame frame) {
        return List.of((visit, image) -> section(frame, visit, image));
    }

    private static Html section(Frame frame, Visit visit, ShownImage image) {
        RepositoryName name = image.repository().name();
        if (!visit.may(Action.DELETE, name)) {
            return Html.nothing();
        }
        Optional<Tag> tag = image.tag();
        return Section.of(
                "Delete",
                P.of(
                        css("actions"),
                        tag.<Html>map(one -> A.of(
                                        href(frame.links().of(PATH, name).with(Links.TAG, one.value())),
                                        text("Delete the tag " + one)))
                                .orElse(Html.nothing()),
                        A.of(
                                href(frame.links()
                                        .of(PATH, name)
                                        .with(
                                                Links.DIGEST,
                                                image.manifest().digest().toString())),
                                text("Delete this image"))));
    }

    @Override
    public List<TagColumn> tagColumns(Frame frame) {
        return List.of(new TagColumn() {
            @Override
            public String title() {
                return "Delete";
            }

            @Override
            public boolean isShown(Visit visit, RepositoryRecord repository) {
                return visit.may(Action.DELETE, repository.name());
            }

            @Override
            public List<Html> cells(Visit visit, RepositoryRecord repository, List<TagRows.Row> rows) {
                List<Html> cells = new ArrayList<>();
                rows.forEach(row -> cells.add(A.of(
                        href(frame.links()
                                .of(PATH, repository.name())
                                .with(Links.TAG, row.tag().value())),
                        text("Delete…"))));
                return cells;
            }
        });
    }
}
