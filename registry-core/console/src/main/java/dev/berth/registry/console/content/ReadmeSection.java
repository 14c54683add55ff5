package dev.berth.registry.console.content;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.directionOfItsOwn;
import static dev.berth.registry.console.html.Attributes.focusable;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.DIV;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.PRE;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.catalog.ImageSummary;
import dev.berth.registry.console.catalog.RepositoryRecord;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.markdown.Markdown;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.RepositorySection;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.view.ImageView;
import dev.berth.registry.console.view.Readme;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The text that was attached to the tag {@code latest} or to the newest image, and what that image says about itself. */
final class ReadmeSection implements RepositorySection {
    private final Frame frame;
    private final Catalog catalog;

    ReadmeSection(Frame frame, Catalog catalog) {
        this.frame = frame;
        this.catalog = catalog;
    }

    @Override
    public Html show(Visit visit, RepositoryRecord record) {
        Set<Digest> images = new LinkedHashSet<>();
        Optional.ofNullable(record.tags().get(Tag.LATEST)).ifPresent(images::add);
        record.newest().map(ImageSummary::digest).ifPresent(images::add);
        if (images.isEmpty()) {
            return Html.nothing();
        }
        Repository repository = catalog.registry().repository(record.name());
        Optional<Readme> readme = images.stream()
                .flatMap(image -> Readme.of(repository, image).stream())
                .findFirst();
        Html about = about(repository, images.iterator().next());
        return Html.of(
                readme.<Html>map(found -> show(record.name(), found)).orElse(Html.nothing()), about);
    }

    private Html show(RepositoryName name, Readme readme) {
        return Section.of(
                "Read me",
                readme.markdown()
                        ? Markdown.show(readme.text())
                        : DIV.of(css("markdown"), PRE.of(focusable(), directionOfItsOwn(), text(readme.text()))),
                readme.cut()
                        ? P.of(
                                css("note"),
                                text("This is its beginning. "),
                                A.of(href(frame.links().image(name, readme.manifest())), text("The artifact")))
                        : Html.nothing());
    }

    /** Of an index that says nothing, its first image does. */
    private static Html about(Repository repository, Digest digest) {
        try {
            ManifestDocument document =
                    ManifestDocument.parse(repository.manifests().get(digest));
            if (document instanceof ImageIndex index) {
                return index.annotations().isEmpty()
                        ? index.manifests().stream()
                                .findFirst()
                                .flatMap(first -> ImageView.find(repository, first.digest()))
                                .map(About::of)
                                .orElse(Html.nothing())
                        : About.of(index.annotations());
            }
            return About.of(ImageView.of(repository, document.toManifest()));
        } catch (RegistryException e) {
            // The table of tags says what is wrong with it.
            if (e.code() == ErrorCode.UNAVAILABLE) {
                throw e;
            }
            return Html.nothing();
        }
    }
}
