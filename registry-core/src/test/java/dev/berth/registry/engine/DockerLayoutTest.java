package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.MountSource;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The engine serves what registry:2 wrote, and writes what registry:2 reads. */
class DockerLayoutTest {
    private final World world = new World();
    private final ObjectStore store = MemoryObjectStore.create();
    private final DockerLayout docker = new DockerLayout(store);
    private final StorageRegistry registry = StorageRegistry.over(store);
    private final Repository app = registry.repository(world.app);

    @Test
    void imagesOfRegistry2AreServed() throws IOException {
        docker.world(world);
        assertThat(app.manifests().get(world.latest)).isEqualTo(world.first);
        assertThat(app.manifests().get(world.second.digest())).isEqualTo(world.second);
        assertThat(app.tags().resolve(world.stable)).contains(world.second.descriptor());
        assertThat(app.tags().list()).containsExactly(world.stable, world.latest);
        assertThat(registry.repositories()).containsExactly(world.app);
        assertThat(app.manifests().referrers(world.first.digest()))
                .extracting(Descriptor::digest)
                .containsExactly(world.signature.digest());
        try (BlobContent layer = app.blobs().open(Digest.sha256(world.layer))) {
            assertThat(layer.stream().readAllBytes()).isEqualTo(world.layer);
        }
    }

    @Test
    void imagesCanBeMovedTaggedAndDeleted() throws IOException {
        docker.world(world);
        app.tags().put(world.latest, world.second.digest());
        app.tags().put(Tag.parse("2.0"), world.second.digest());
        assertThat(app.tags().list()).containsExactly(world.stable, Tag.parse("2.0"), world.latest);
        assertThat(app.tags().delete(Tag.parse("2.0"))).isTrue();
        assertThat(app.manifests().delete(world.second.digest()).tags())
                .containsExactlyInAnyOrder(world.stable, world.latest);
        assertThat(app.tags().list()).isEmpty();
        assertThat(app.manifests().get(world.first.digest())).isEqualTo(world.first);
        assertThat(app.blobs().delete(Digest.sha256(world.layer2))).isTrue();
        app.manifests().delete(world.signature.digest());
        app.manifests().delete(world.first.digest());
        assertThat(registry.repositories()).isEmpty();
    }

    @Test
    void deletingATagRemovesItsHistory() throws IOException {
        docker.world(world);
        app.tags().delete(world.latest);
        assertThat(keys(DockerLayout.directory(world.app) + "_manifests/tags/latest/"))
                .isEmpty();
    }

    @Test
    void blobsCanBeMounted() throws IOException {
        docker.world(world);
        Repository other = registry.repository(world.other);
        Digest layer = Digest.sha256(world.layer);
        assertThat(other.blobs().mount(layer, MountSource.from(world.app))).isPresent();
        assertThat(other.blobs().find(layer)).isPresent();
        assertThat(store.stat(ObjectKey.of(DockerLayout.layer(world.other, layer))))
                .isPresent();
    }

    @Test
    void aBlobPushedWithASha512IsReadFromItsSha256() throws IOException {
        Digest sha256 = docker.blob(world.app, world.layer);
        Digest sha512 = Digest.compute(DigestAlgorithm.SHA512, world.layer);
        docker.alias(DockerLayout.layer(world.app, sha512), sha256);
        assertThat(app.blobs().find(sha512))
                .contains(Descriptor.of(MediaTypes.OCTET_STREAM, sha512, world.layer.length));
        try (BlobContent content = app.blobs().open(sha512)) {
            assertThat(content.descriptor().digest()).isEqualTo(sha512);
            assertThat(content.stream().readAllBytes()).isEqualTo(world.layer);
        }
        Repository other = registry.repository(world.other);
        assertThat(other.blobs().mount(sha512, MountSource.from(world.app))).isPresent();
        assertThat(content(DockerLayout.layer(world.other, sha512))).isEqualTo(sha256.toString());
        assertThat(other.blobs().find(sha512)).isPresent();
    }

    @Test
    void anImageMayReferToWhatWasPushedWithASha512() throws IOException {
        docker.blob(world.app, world.config);
        Digest sha512 = Digest.compute(DigestAlgorithm.SHA512, world.layer);
        docker.alias(DockerLayout.layer(world.app, sha512), docker.blob(world.app, world.layer));
        Manifest image = image(Digest.sha256(world.config), world.config.length, sha512, world.layer.length);
        app.manifests().put(image, world.latest);
        assertThat(app.manifests().get(world.latest)).isEqualTo(image);
    }

    @Test
    void aManifestPushedWithASha512IsReadFromItsSha256() throws IOException {
        docker.world(world);
        Digest sha512 = Digest.compute(DigestAlgorithm.SHA512, world.first.bytes());
        docker.alias(DockerLayout.revision(world.app, sha512), world.first.digest());
        Manifest manifest = app.manifests().get(sha512);
        assertThat(manifest.digest()).isEqualTo(sha512);
        assertThat(manifest.bytes()).isEqualTo(world.first.bytes());
        assertThat(app.manifests().delete(sha512).deleted()).isTrue();
        assertThat(app.manifests().find(sha512)).isEmpty();
        assertThat(app.manifests().get(world.latest)).isEqualTo(world.first);
    }

    @Test
    void aPushWithASha512IsStoredUnderItsSha512() throws IOException {
        Digest sha512 = Digest.compute(DigestAlgorithm.SHA512, world.layer);
        app.blobs().push(sha512, BlobSource.of(world.layer));
        assertThat(content(DockerLayout.layer(world.app, sha512))).isEqualTo(sha512.toString());
        assertThat(store.stat(ObjectKey.of(DockerLayout.data(sha512)))).isPresent();
    }

    @Test
    void theMediaTypeOfAManifestWithoutOneIsInferred() throws IOException {
        String layers = "\"config\": {}, \"layers\": []";
        assertServedAs(MediaTypes.OCI_MANIFEST, "{\"schemaVersion\": 2, " + layers + "}");
        assertServedAs(MediaTypes.OCI_INDEX, "{\"schemaVersion\": 2, \"manifests\": []}");
        assertServedAs(
                MediaTypes.DOCKER_MANIFEST,
                "{\"schemaVersion\": 2, \"mediaType\": \"" + MediaTypes.DOCKER_MANIFEST + "\", " + layers + "}");
        assertServedAs(MediaTypes.DOCKER_MANIFEST_SCHEMA1, "{\"schemaVersion\": 1, \"fsLayers\": []}");
    }

    private void assertServedAs(String mediaType, String json) throws IOException {
        Manifest manifest = Manifest.of(mediaType, json.getBytes(StandardCharsets.UTF_8));
        docker.manifest(world.app, manifest, world.latest);
        assertThat(app.manifests().get(world.latest)).isEqualTo(manifest);
        assertThat(app.manifests().find(manifest.digest())).contains(manifest.descriptor());
    }

    @Test
    void directoriesThatAreNoRepositoriesOrTagsAreIgnored() throws IOException {
        docker.world(world);
        docker.write("docker/registry/v2/repositories/Upper/_manifests/tags/a/current/link", "x");
        docker.write("docker/registry/v2/repositories/_manifests/tags/a/current/link", "x");
        docker.write("docker/registry/v2/repositories/team/no-manifests/_layers/sha256/x/link", "x");
        docker.write("docker/registry/v2/repositories/lost+found/file", "x");
        docker.write(DockerLayout.directory(world.app) + "_manifests/tags/not a tag/current/link", "x");
        docker.write(DockerLayout.directory(world.app) + "_manifests/revisions/sha256/x/link", "x");
        docker.write(DockerLayout.directory(world.app) + "_manifests/revisions/md5/x/link", "x");
        docker.write(DockerLayout.directory(world.app) + "_manifests/something", "x");
        assertThat(registry.repositories()).containsExactly(world.app);
        assertThat(app.tags().list()).containsExactly(world.stable, world.latest);
        assertThat(app.manifests().referrers(world.first.digest())).hasSize(1);
        registry.rebuildIndex(name -> {});
        assertThat(registry.repositories()).containsExactly(world.app);
        assertThat(app.tags().list()).containsExactly(world.stable, world.latest);
    }

    /** Beside Docker's keys there are none but our own, in a place of their own. */
    @Test
    void theEngineWritesTheKeysOfRegistry2() throws IOException {
        ObjectStore theirs = MemoryObjectStore.create();
        DockerLayout expected = new DockerLayout(theirs);
        expected.blob(world.app, world.config);
        expected.blob(world.app, world.layer);
        expected.blob(world.app, world.layer2);
        expected.manifest(world.app, world.first);
        expected.manifest(world.app, world.second);
        expected.manifest(world.app, world.signature);
        expected.write(
                DockerLayout.tag(world.app, world.latest), world.first.digest().toString());
        expected.write(
                DockerLayout.tag(world.app, world.stable), world.second.digest().toString());

        world.pushBlobs(registry, world.app);
        app.manifests().put(world.first, world.latest);
        app.manifests().put(world.second, world.stable);
        app.manifests().put(world.signature);
        Map<String, String> ours = keys("");
        assertThat(ours).containsAllEntriesOf(keys(theirs, ""));
        ours.keySet().removeAll(keys(theirs, "").keySet());
        assertThat(ours.keySet())
                .allMatch(key -> key.startsWith("_berth/index/") || key.startsWith("_berth/collection/changed/"));
    }

    @Test
    void aMediaTypeThatTheBytesDoNotShowIsStoredBesideTheRevision() throws IOException {
        String json = "{\"schemaVersion\": 2, \"manifests\": []}";
        Manifest index = Manifest.of(MediaTypes.OCI_INDEX, json.getBytes(StandardCharsets.UTF_8));
        Manifest list = Manifest.of(MediaTypes.DOCKER_MANIFEST_LIST, index.bytes());
        String key = DockerLayout.revision(world.app, index.digest()).replace("/link", "/berth-media-type");
        app.manifests().put(index);
        assertThat(store.stat(ObjectKey.of(key))).isEmpty();
        app.manifests().put(list);
        assertThat(content(key)).isEqualTo(MediaTypes.DOCKER_MANIFEST_LIST);
        assertThat(app.manifests().get(index.digest())).isEqualTo(list);
        // In another repository the same bytes may be something else.
        registry.repository(world.other).manifests().put(index);
        assertThat(registry.repository(world.other).manifests().get(index.digest()))
                .isEqualTo(index);
        assertThat(app.manifests().get(index.digest())).isEqualTo(list);
        app.manifests().put(index);
        assertThat(app.manifests().get(index.digest())).isEqualTo(index);
    }

    @Test
    void anUnknownMediaTypeIsKept() {
        for (String content : new String[] {"{\"a\": 1}", "no JSON at all", ""}) {
            Manifest manifest = Manifest.of("application/vnd.example", content.getBytes(StandardCharsets.UTF_8));
            app.manifests().put(manifest, world.latest);
            assertThat(app.manifests().get(world.latest)).isEqualTo(manifest);
            assertThat(app.manifests().get(world.latest).mediaType()).isEqualTo("application/vnd.example");
        }
    }

    private static Manifest image(Digest config, long configSize, Digest layer, long layerSize) {
        String json = String.format(
                "{\"schemaVersion\": 2, \"mediaType\": \"%s\","
                        + " \"config\": {\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": %d},"
                        + " \"layers\": [{\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": %d}]}",
                MediaTypes.OCI_MANIFEST,
                MediaTypes.OCI_CONFIG,
                config,
                configSize,
                MediaTypes.OCI_LAYER_TAR,
                layer,
                layerSize);
        return Manifest.of(MediaTypes.OCI_MANIFEST, json.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> keys(String prefix) throws IOException {
        return keys(store, prefix);
    }

    /** All keys of a small store, with what they hold. */
    private static Map<String, String> keys(ObjectStore store, String prefix) throws IOException {
        Map<String, String> keys = new TreeMap<>();
        for (String key : store.list(ListRequest.tree(KeyPrefix.of(prefix))).names()) {
            keys.put(key, content(store, key));
        }
        return keys;
    }

    private String content(String key) throws IOException {
        return content(store, key);
    }

    private static String content(ObjectStore store, String key) throws IOException {
        try (ObjectContent content = store.open(ObjectKey.of(key)).orElseThrow()) {
            return new String(content.stream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
