package dev.berth.registry.simulation;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.simulation.Content.Blob;
import dev.berth.registry.simulation.Content.Image;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a store holds that nothing needs: every object is walked, and each must follow from a link of a manifest or tag. */
final class Leftovers {
    private static final int MOST = 10_000;

    private final ObjectStore store;
    private final boolean deletesConditionally;
    private final Set<String> needed = new TreeSet<>();

    /**
     * Creates a walk.
     *
     * @param deletesConditionally whether what was deleted on a condition leaves nothing; otherwise it leaves an empty object
     */
    Leftovers(ObjectStore store, boolean deletesConditionally) {
        this.store = store;
        this.deletesConditionally = deletesConditionally;
    }

    /** Returns the keys of everything that nothing needs. */
    Set<String> find() throws IOException {
        for (RepositoryName repository : Content.REPOSITORIES) {
            for (Image image : Content.IMAGES) {
                if (target(Keys.revisionLink(repository, image.digest())).isPresent()) {
                    manifest(repository, image);
                }
            }
            for (Tag tag : Content.TAGS) {
                tag(repository, tag);
            }
        }
        Set<String> left = new TreeSet<>();
        for (String key : store.list(
                        ListRequest.builder(KeyPrefix.ROOT).limit(MOST).build())
                .names()) {
            if (!needed.contains(key) && !isOfTheStore(key) && !isTrace(key)) {
                left.add(key);
            }
        }
        return left;
    }

    private static boolean isOfTheStore(String key) {
        return key.equals("_berth/index/format");
    }

    /** Links that were deleted, and marks, may leave an empty object where a store cannot delete on a condition. */
    private boolean isTrace(String key) throws IOException {
        return !deletesConditionally
                && (key.endsWith("/link") || key.startsWith("_berth/collection/marks/"))
                && store.stat(ObjectKey.of(key)).orElseThrow().size() == 0;
    }

    private Optional<String> target(ObjectKey link) throws IOException {
        Optional<ObjectContent> found = store.open(link);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            return Optional.of(new String(content.stream().readAllBytes(), StandardCharsets.UTF_8))
                    .filter(text -> !text.isEmpty());
        }
    }

    private void need(ObjectKey... keys) {
        List.of(keys).forEach(key -> needed.add(key.value()));
    }

    private void manifest(RepositoryName repository, Image image) throws IOException {
        if (store.stat(Keys.data(image.digest())).isEmpty()) {
            // A link that a push had failed to write, and that the store wrote late. It is reported until somebody
            // deletes it, and until then anything in its repository may be one of its parts.
            need(Keys.brokenEntry(repository, image.digest()));
            Content.BLOBS.forEach(blob -> blob(repository, blob));
        }
        need(Keys.revisionLink(repository, image.digest()), Keys.data(image.digest()), Keys.catalogueEntry(repository));
        entries(repository, image);
        image.blobs().forEach(blob -> blob(repository, blob));
        for (Image child : image.children()) {
            need(Keys.data(child.digest()));
            entries(repository, child);
        }
        // Of tags that have named it as well: they are looked at when it is deleted.
        Content.TAGS.forEach(tag -> need(Keys.taggedEntry(repository, image.digest(), tag)));
        image.subject()
                .ifPresent(subject -> need(Keys.referrerEntry(
                        repository, subject.digest(), image.digest(), Optional.of(Content.ARTIFACT_TYPE))));
    }

    private void blob(RepositoryName repository, Blob blob) {
        need(
                Keys.data(blob.digest()),
                Keys.layerLink(repository, blob.digest()),
                Keys.holderEntry(blob.digest(), repository));
    }

    /** What says what a manifest needs stays with its bytes, also if the repository has deleted its link. */
    private void entries(RepositoryName repository, Image image) {
        need(Keys.manifestEntry(image.digest(), repository), Keys.revisionMediaType(repository, image.digest()));
        image.blobs().forEach(blob -> reference(repository, image, blob.digest()));
        image.children().forEach(child -> reference(repository, image, child.digest()));
    }

    private void reference(RepositoryName repository, Image image, Digest part) {
        need(Keys.referenceEntry(part, repository, image.digest()), Keys.ghostEntry(image.digest(), repository, part));
    }

    private void tag(RepositoryName repository, Tag tag) throws IOException {
        Optional<String> target = target(Keys.tagLink(repository, tag));
        for (Image image : Content.IMAGES) {
            if (target.equals(Optional.of(image.digest().toString()))
                    && needed.contains(
                            Keys.revisionLink(repository, image.digest()).value())) {
                need(Keys.tagEntry(repository, tag));
            }
            if (target.equals(Optional.of(image.digest().toString()))) {
                // Without its manifest a tag is not shown, and comes back with it.
                need(Keys.tagLink(repository, tag), Keys.taggedEntry(repository, image.digest(), tag));
            }
        }
    }
}
