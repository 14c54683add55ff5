package dev.berth.registry.mirror;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.SortableName;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the store keeps of a mirror: a record of each manifest that it has brought, a marker for each blob, and lists of
 * referrers. Each is written before what it is about is visible, and deleted after that is gone: so nothing that was
 * brought is without one, and nothing that was pushed has one.
 */
final class ShelfRecords {
    private static final byte[] MARKER = {'1'};

    private final ObjectStore store;
    private final KeyPrefix images;
    private final KeyPrefix blobs;
    private final KeyPrefix referrers;

    ShelfRecords(ObjectStore store, String mirror) {
        this.store = store;
        this.images = below(mirror, "images");
        this.blobs = below(mirror, "blobs");
        this.referrers = below(mirror, "referrers");
    }

    static KeyPrefix below(String mirror, String kind) {
        return KeyPrefix.of(Keys.MIRRORS + mirror + "/" + kind + "/");
    }

    private static ObjectKey key(KeyPrefix prefix, ImageId id) {
        return prefix.key(SortableName.encode(id.repository()) + "/" + Keys.leaf(id.digest()));
    }

    void write(CachedImage image) throws IOException {
        store.put(key(images, image.id()), ImageText.write(image), PutCondition.always());
    }

    Optional<CachedImage> image(ImageId id) throws IOException {
        return read(key(images, id)).map(content -> ImageText.read(id, content));
    }

    void deleteImage(ImageId id) throws IOException {
        store.delete(key(referrers, id));
        store.delete(key(images, id));
    }

    Set<ImageId> images() throws IOException {
        return list(images);
    }

    void markBlob(ImageId id) throws IOException {
        store.put(key(blobs, id), MARKER, PutCondition.always());
    }

    void deleteBlob(ImageId id) throws IOException {
        store.delete(key(blobs, id));
    }

    Set<ImageId> blobs() throws IOException {
        return list(blobs);
    }

    void writeReferrers(ImageId subject, List<Descriptor> list) throws IOException {
        byte[] index = ImageIndex.of(list).toManifest().bytes();
        store.put(key(referrers, subject), index, PutCondition.always());
    }

    Optional<List<Descriptor>> referrers(ImageId subject) throws IOException {
        return read(key(referrers, subject)).flatMap(ShelfRecords::parse);
    }

    /** A list that cannot be read counts as none. */
    private static Optional<List<Descriptor>> parse(byte[] content) {
        try {
            return ManifestDocument.parse(Manifest.of(MediaTypes.OCI_INDEX, content)) instanceof ImageIndex index
                    ? Optional.of(index.manifests())
                    : Optional.empty();
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> read(ObjectKey key) throws IOException {
        Optional<ObjectContent> found = store.open(key, 0, ObjectStore.MAX_PUT_BYTES);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            return Optional.of(content.stream().readAllBytes());
        }
    }

    private Set<ImageId> list(KeyPrefix prefix) throws IOException {
        Set<ImageId> ids = new LinkedHashSet<>();
        ListRequest request = ListRequest.tree(prefix);
        ListPage page = store.list(request);
        while (true) {
            for (String name : page.names()) {
                id(name.substring(prefix.value().length())).ifPresent(ids::add);
            }
            if (page.last() || page.names().isEmpty()) {
                return ids;
            }
            page = store.list(request.after(page.names().get(page.names().size() - 1)));
        }
    }

    private static Optional<ImageId> id(String name) {
        int slash = name.indexOf('/');
        int dash = name.indexOf('-', slash + 1);
        if (slash < 0 || dash < 0) {
            return Optional.empty();
        }
        Optional<RepositoryName> repository = SortableName.decode(name.substring(0, slash));
        try {
            Digest digest = Digest.parse(name.substring(slash + 1, dash) + ":" + name.substring(dash + 1));
            return repository.map(found -> new ImageId(found, digest));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
