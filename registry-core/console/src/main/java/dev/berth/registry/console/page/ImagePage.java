package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.P;

import dev.berth.registry.Digest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.catalog.SharedLayers.Sharing;
import dev.berth.registry.console.html.Element;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.view.ImageLookup;
import dev.berth.registry.console.view.ImageView;
import dev.berth.registry.console.view.Names;
import dev.berth.registry.console.view.ReferrerTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image: its platforms, its layers beside the steps that made them, how containers of it run, what it says about itself, and
 * what refers to it.
 */
public final class ImagePage implements Pages {
    private final Frame frame;
    private final Catalog catalog;
    private final ImageLookup images;
    private final LayerTable layers;
    private final List<ImageSection> sections;

    /**
     * Makes the page.
     *
     * @param files whether there are pages of the files of layers
     */
    public ImagePage(Frame frame, Catalog catalog, boolean files, List<ConsolePart> parts) {
        this.frame = frame;
        this.catalog = catalog;
        this.images = new ImageLookup(catalog.registry());
        this.layers = new LayerTable(frame.links(), files);
        this.sections = parts.stream()
                .flatMap(part -> part.imageSections(frame).stream())
                .toList();
    }

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        return Names.repository(rest)
                .filter(name -> !visit.isPost() && visit.maySee(name))
                .flatMap(name -> show(visit, name))
                .map(PageAnswer::of);
    }

    private Optional<Element> show(Visit visit, RepositoryName name) {
        Optional<Digest> digest = visit.asked(Links.DIGEST).flatMap(Names::digest);
        Optional<Tag> tag =
                digest.isPresent() ? Optional.empty() : visit.asked(Links.TAG).flatMap(Names::tag);
        Optional<ManifestSelector> selector =
                digest.<ManifestSelector>map(found -> found).or(() -> tag);
        return selector.flatMap(wanted -> images.findToTellOf(visit.registry(), name, wanted))
                .map(found -> page(visit, tag, found));
    }

    private Element page(Visit visit, Optional<Tag> tag, ImageLookup.Found found) {
        ImageView image = found.image();
        RepositoryName name = image.repository();
        String called = tag.map(Tag::value).orElseGet(() -> image.digest().toString());
        List<Html> content = new ArrayList<>();
        content.add(P.of(css("path"), A.of(href(frame.links().repository(name)), text(name.value()))));
        content.add(H1.of(css(tag.isPresent() ? "tag" : "long"), text(called)));
        content.add(PullCommands.of(visit.host(), tag, image));
        content.add(ImageHead.problem(image));
        content.add(ImageHead.facts(visit, frame.links(), image));
        if (image.isIndex()) {
            content.add(PlatformTable.of(frame.links(), image));
        }
        image.image().ifPresent(one -> content.add(layers.of(image, sharing(visit, image))));
        ShownImage shown = new ShownImage(visit.registry().repository(name), tag, image.manifest(), image.document());
        sections.forEach(section -> content.add(section.show(visit, shown)));
        content.add(ImageHead.configuration(image));
        content.add(ImageHead.annotations(image));
        content.add(new ReferrerList(frame.links(), name).of(ReferrerTree.of(found.repository(), image)));
        return frame.page(visit, name + ":" + called, Html.of(content));
    }

    private Map<Digest, Sharing> sharing(Visit visit, ImageView image) {
        return catalog.sharedLayers().of(image.repository(), image.digest(), image.layers(), visit::maySee);
    }
}
