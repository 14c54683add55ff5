package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A manifest that was read is not read again, and what changes is seen at once all the same, whoever has changed it. */
class KeptManifestTest {
    private final World world = new World();
    private final CountingStore store = new CountingStore(MemoryObjectStore.create());
    private final StorageRegistry registry = StorageRegistry.over(store);
    private final StorageRegistry otherNode = StorageRegistry.over(store);
    private final Repository app = registry.repository(world.app);
    private final Repository appThere = otherNode.repository(world.app);
    private final Manifest image = world.first;

    @BeforeEach
    void readOnce() {
        world.pushBlobs(registry, world.app);
        app.manifests().put(image, world.latest);
        assertThat(app.manifests().get(world.latest)).isEqualTo(image);
        assertThat(app.manifests().get(image.digest()).bytes()).isEqualTo(image.bytes());
        store.reset();
    }

    @Test
    void itsBytesAreReadOnce() {
        assertThat(app.manifests().get(world.latest).bytes()).isEqualTo(image.bytes());
        assertThat(app.manifests().find(image.digest())).contains(image.descriptor());
        assertThat(store.dataBytesRead()).isZero();
    }

    @Test
    void theStoreIsAskedEachTimeWhetherItIsThere() {
        app.manifests().get(world.latest);
        assertThat(store.calls())
                .containsExactly(
                        "open " + DockerLayout.tag(world.app, world.latest),
                        "open " + DockerLayout.revision(world.app, image.digest()),
                        "stat " + DockerLayout.data(image.digest()));
    }

    @Test
    void withoutTheCacheItsBytesAreReadEachTime() {
        Repository without = StorageRegistry.over(
                        store, StorageOptions.builder().manifestCacheBytes(0).build())
                .repository(world.app);
        for (int i = 1; i <= 3; i++) {
            assertThat(without.manifests().get(world.latest)).isEqualTo(image);
            assertThat(store.dataBytesRead()).isEqualTo((long) i * image.size());
        }
    }

    @Test
    void aDeletionByAnotherNodeIsSeenAtOnce() {
        appThere.manifests().delete(image.digest());
        assertThat(app.manifests().find(image.digest())).isEmpty();
        assertThat(app.manifests().find(world.latest)).isEmpty();
        appThere.manifests().put(image, world.latest);
        assertThat(app.manifests().get(world.latest)).isEqualTo(image);
    }

    @Test
    void aTagThatAnotherNodeMovesOrDeletesIsSeenAtOnce() {
        appThere.manifests().put(world.second, world.latest);
        assertThat(app.manifests().get(world.latest)).isEqualTo(world.second);
        appThere.tags().delete(world.latest);
        assertThat(app.manifests().find(world.latest)).isEmpty();
        assertThat(app.manifests().get(image.digest())).isEqualTo(image);
    }

    @Test
    void aRepositoryWithoutItDoesNotShowIt() {
        assertThat(registry.repository(world.other).manifests().find(image.digest()))
                .isEmpty();
    }

    @Test
    void dataThatIsDeletedIsMissingAtOnce() throws IOException {
        store.delete(Keys.data(image.digest()));
        assertThat(app.manifests().find(world.latest)).isEmpty();
        assertThat(app.tags().resolve(world.latest)).isEmpty();
    }

    @Test
    void dataThatIsDamagedIsMissingAtOnceUntilItIsMended() throws IOException {
        byte[] damaged = image.bytes();
        damaged[damaged.length / 2] ^= 1;
        store.put(Keys.data(image.digest()), damaged, PutCondition.always());
        assertThat(app.manifests().find(world.latest)).isEmpty();
        appThere.manifests().put(image, world.latest);
        assertThat(app.manifests().get(world.latest)).isEqualTo(image);
    }

    @Test
    void eachRepositoryHasItsMediaType() throws IOException {
        Manifest plain = Manifest.of(MediaTypes.OCTET_STREAM, "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        for (RepositoryName name : world.repositories()) {
            new DockerLayout(store).manifest(name, plain);
            writeMediaType(name, plain, "application/x." + name.value().length());
        }
        for (RepositoryName name : world.repositories()) {
            assertThat(mediaType(name, plain))
                    .isEqualTo("application/x." + name.value().length());
        }
        writeMediaType(world.app, plain, "application/x.new");
        assertThat(mediaType(world.app, plain)).isEqualTo("application/x.new");
    }

    private void writeMediaType(RepositoryName name, Manifest manifest, String type) throws IOException {
        store.put(
                Keys.revisionMediaType(name, manifest.digest()),
                type.getBytes(StandardCharsets.UTF_8),
                PutCondition.always());
    }

    private String mediaType(RepositoryName name, Manifest manifest) {
        return registry.repository(name).manifests().get(manifest.digest()).mediaType();
    }
}
