package dev.berth.registry.console.content;

import dev.berth.registry.Digest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.view.ImageLookup;
import dev.berth.registry.console.view.ImageView;
import dev.berth.registry.console.view.Names;
import dev.berth.registry.console.view.PlatformRow;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Two images of a repository, each for one platform. Immutable.
 *
 * @param fromName what was asked for: a tag or a digest
 * @param toName the same of the second one
 * @param from the first one
 * @param to the second one
 * @param platform the platform that was chosen; empty if neither of them is for several
 * @param platforms all platforms that can be chosen
 */
record ComparedImages(
        String fromName, String toName, ImageView from, ImageView to, String platform, List<String> platforms) {
    private static final int MOST_PLATFORMS = 64;

    ComparedImages {
        platforms = List.copyOf(platforms);
    }

    /**
     * Finds them.
     *
     * @param view the registry as the caller may see it
     * @param parameters what was asked for: {@code from}, {@code to}, {@code platform}
     * @return empty if one of them is not there
     * @throws dev.berth.registry.RegistryException if the registry fails or refuses the caller
     */
    static Optional<ComparedImages> find(
            ImageLookup images, Registry view, RepositoryName name, Function<String, Optional<String>> parameters) {
        Optional<ManifestSelector> first = parameters.apply("from").flatMap(ComparedImages::selector);
        Optional<ManifestSelector> second = parameters.apply("to").flatMap(ComparedImages::selector);
        Optional<ImageView> from = first.flatMap(one -> image(images, view, name, one));
        Optional<ImageView> to = second.flatMap(one -> image(images, view, name, one));
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        List<String> platforms = platforms(from.get(), to.get());
        String platform = parameters
                .apply("platform")
                .filter(platforms::contains)
                .orElseGet(() -> platforms.isEmpty() ? "" : platforms.get(0));
        Optional<ImageView> one = chosen(images, view, name, from.get(), platform);
        Optional<ImageView> other = chosen(images, view, name, to.get(), platform);
        return one.isEmpty() || other.isEmpty()
                ? Optional.empty()
                : Optional.of(new ComparedImages(
                        first.get().toString(), second.get().toString(), one.get(), other.get(), platform, platforms));
    }

    private static Optional<ManifestSelector> selector(String text) {
        Optional<ManifestSelector> digest = Names.digest(text).map(found -> found);
        return digest.or(() -> Names.tag(text));
    }

    private static Optional<ImageView> image(
            ImageLookup images, Registry view, RepositoryName name, ManifestSelector selector) {
        return images.find(view, name, selector).map(ImageLookup.Found::image);
    }

    /** Those that both have come first. */
    private static List<String> platforms(ImageView from, ImageView to) {
        Set<String> first = names(from);
        Set<String> second = names(to);
        Set<String> both = new LinkedHashSet<>(first);
        both.retainAll(second);
        Set<String> all = new LinkedHashSet<>(both);
        all.addAll(first);
        all.addAll(second);
        return all.stream().limit(MOST_PLATFORMS).toList();
    }

    private static Set<String> names(ImageView image) {
        Set<String> names = new LinkedHashSet<>();
        image.platforms().stream().filter(PlatformRow::isImage).forEach(row -> names.add(row.platform()));
        return names;
    }

    /** Of an index the image for the platform, or its first one; of everything else the thing itself. */
    private static Optional<ImageView> chosen(
            ImageLookup images, Registry view, RepositoryName name, ImageView image, String platform) {
        if (!image.isIndex()) {
            return Optional.of(image);
        }
        List<PlatformRow> rows =
                image.platforms().stream().filter(PlatformRow::isImage).toList();
        Optional<Digest> digest = rows.stream()
                .filter(row -> row.platform().equals(platform))
                .findFirst()
                .or(() -> rows.stream().findFirst())
                .map(row -> row.entry().digest());
        return digest.flatMap(found -> image(images, view, name, found));
    }
}
