package dev.berth.registry.console.catalog;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.SignatureTags;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tags of a repository with what lists show of their images. Immutable.
 *
 * @param name its name
 * @param tags which manifests its tags name, in the order of the tags
 * @param images what is known of these manifests
 */
public record RepositoryRecord(RepositoryName name, SortedMap<Tag, Digest> tags, Map<Digest, ImageSummary> images) {
    private static final Comparator<ImageSummary> NEWEST_LAST = Comparator.comparing(ImageSummary::age)
            .thenComparing(image -> image.digest().toString());

    /** Copies the maps, and drops images that no tag names. */
    public RepositoryRecord {
        Objects.requireNonNull(name, "name");
        SortedMap<Tag, Digest> ordered = new TreeMap<>(Comparator.comparing(Tag::value));
        ordered.putAll(tags);
        tags = Collections.unmodifiableSortedMap(ordered);
        Map<Digest, ImageSummary> named = new HashMap<>(images);
        named.keySet().retainAll(new HashSet<>(tags.values()));
        images = Collections.unmodifiableMap(named);
    }

    static RepositoryRecord empty(RepositoryName name) {
        return new RepositoryRecord(name, Collections.emptySortedMap(), Map.of());
    }

    /** Returns the record after some tags were looked at. */
    RepositoryRecord with(Map<Tag, Optional<Digest>> looked, Collection<ImageSummary> read) {
        SortedMap<Tag, Digest> newTags = new TreeMap<>(tags);
        looked.forEach((tag, digest) ->
                digest.ifPresentOrElse(manifest -> newTags.put(tag, manifest), () -> newTags.remove(tag)));
        Map<Digest, ImageSummary> newImages = new HashMap<>(images);
        read.forEach(image -> newImages.put(image.digest(), image));
        return new RepositoryRecord(name, newTags, newImages);
    }

    /** Returns the same without tags that are no names, but places where programs keep signatures and the like. */
    public RepositoryRecord withoutAttached() {
        SortedMap<Tag, Digest> names = new TreeMap<>(tags);
        names.keySet().removeIf(tag -> SignatureTags.subject(tag).isPresent() || SignatureTags.isListOfReferrers(tag));
        return names.size() == tags.size() ? this : new RepositoryRecord(name, names, images);
    }

    /** Returns what is known of the image of a tag. */
    public Optional<ImageSummary> image(Tag tag) {
        return Optional.ofNullable(tags.get(tag)).map(images::get);
    }

    /** Returns the newest image that can be read, by which the repository is described. */
    public Optional<ImageSummary> newest() {
        return images.values().stream()
                .filter(image -> image.kind() == ImageKind.IMAGE || image.kind() == ImageKind.INDEX)
                .max(NEWEST_LAST)
                .or(() -> images.values().stream()
                        .filter(image -> image.kind() != ImageKind.BROKEN)
                        .max(NEWEST_LAST));
    }

    /** Returns when something was pushed last; empty if nobody knows. */
    public Optional<Instant> lastPush() {
        return images.values().stream()
                .flatMap(image -> image.pushed().stream())
                .max(Comparator.naturalOrder());
    }
}
