package dev.berth.registry.console.finding;

import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.catalog.ImageSafety;
import dev.berth.registry.console.catalog.RepositoryRecord;
import dev.berth.registry.console.catalog.SafetyLists;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.scan.service.ImageKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names images by their tags, with two reads for each repository on a page. For one page. */
final class ImageNames {
    private static final int MOST_TAGS = 3;

    private final Catalog catalog;
    private final SafetyLists safety;
    private final Addresses addresses;
    private final Map<RepositoryName, Known> known = new HashMap<>();

    private record Known(RepositoryRecord record, Map<Digest, ImageSafety> images) {}

    ImageNames(Catalog catalog, SafetyLists safety, Addresses addresses) {
        this.catalog = catalog;
        this.safety = safety;
        this.addresses = addresses;
    }

    /** Returns links to an image: by its tags, or else by its digest. */
    Html of(ImageKey image) {
        List<Tag> tags = tags(image);
        RepositoryName repository = image.repository();
        Html name = text(repository.value());
        if (tags.isEmpty()) {
            return Html.of(A.of(
                    href(addresses.image(repository, image.digest())), name, text("@"), Texts.digest(image.digest())));
        }
        Html first = A.of(href(addresses.image(repository, tags.get(0))), name, text(":" + tags.get(0)));
        Html others = Html.of(tags.stream()
                .skip(1)
                .limit(MOST_TAGS - 1L)
                .map(tag -> Html.of(text(", "), A.of(href(addresses.image(repository, tag)), text(":" + tag)))));
        int more = tags.size() - MOST_TAGS;
        return Html.of(first, others, more > 0 ? text(" and " + Texts.count(more, "more tag")) : Html.nothing());
    }

    private List<Tag> tags(ImageKey image) {
        Known of = known.computeIfAbsent(image.repository(), name -> {
            RepositoryRecord record = catalog.of(name);
            return new Known(record, safety.of(record));
        });
        return of.record().tags().entrySet().stream()
                .filter(entry -> entry.getValue().equals(image.digest())
                        || Optional.ofNullable(of.images().get(entry.getValue()))
                                .filter(index -> index.images().contains(image.digest()))
                                .isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }
}
