package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** An image in two repositories, in an index and without one, and a blob that no manifest needs. */
final class ScrubWorld {
    static final RepositoryName APP = RepositoryName.parse("team/app");
    static final RepositoryName OTHER = RepositoryName.parse("team/other");
    static final Tag LATEST = Tag.parse("latest");
    static final Tag MULTI = Tag.parse("multi");

    final byte[] config = "{\"os\":\"linux\"}".getBytes(StandardCharsets.UTF_8);
    final byte[] layer = random(100_000);
    final byte[] loose = random(500);
    final Manifest image = manifest("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
            + descriptor(MediaTypes.OCI_CONFIG, config) + ",\"layers\":["
            + descriptor(MediaTypes.OCI_LAYER_TAR, layer) + "]}");
    final Manifest index = Manifest.of(
            MediaTypes.OCI_INDEX,
            ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[{\"mediaType\":\""
                            + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"" + image.digest() + "\",\"size\":"
                            + image.size() + "}]}")
                    .getBytes(StandardCharsets.UTF_8));

    static byte[] random(int size) {
        byte[] random = new byte[size];
        new Random(size).nextBytes(random);
        return random;
    }

    static Manifest manifest(String json) {
        return Manifest.of(MediaTypes.OCI_MANIFEST, json.getBytes(StandardCharsets.UTF_8));
    }

    static String descriptor(String mediaType, byte[] content) {
        return descriptor(mediaType, Digest.sha256(content), content.length);
    }

    static String descriptor(String mediaType, Digest digest, long size) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }

    void pushBlobs(Registry registry, RepositoryName repository) {
        for (byte[] blob : List.of(config, layer, loose)) {
            registry.repository(repository).blobs().push(Digest.sha256(blob), BlobSource.of(blob));
        }
    }

    void pushTo(Registry registry, RepositoryName repository) {
        pushBlobs(registry, repository);
        registry.repository(repository).manifests().put(image, LATEST);
        registry.repository(repository).manifests().put(index, MULTI);
    }

    void push(Registry registry) {
        pushTo(registry, APP);
        pushTo(registry, OTHER);
    }

    List<Digest> digests() {
        return List.of(
                Digest.sha256(config), Digest.sha256(layer), Digest.sha256(loose), image.digest(), index.digest());
    }

    static byte[] read(ObjectStore store, ObjectKey key) throws IOException {
        try (ObjectContent content = store.open(key).orElseThrow()) {
            return content.stream().readAllBytes();
        }
    }

    /** Flips a bit of the data, and returns the damaged bytes. */
    static byte[] damage(ObjectStore store, Digest digest, int position) throws IOException {
        byte[] bytes = read(store, Keys.data(digest));
        bytes[position] ^= 4;
        store.put(Keys.data(digest), bytes, PutCondition.always());
        return bytes;
    }

    static List<String> keys(ObjectStore store) throws IOException {
        return store.list(ListRequest.tree(KeyPrefix.ROOT).limit(10_000)).names();
    }
}
