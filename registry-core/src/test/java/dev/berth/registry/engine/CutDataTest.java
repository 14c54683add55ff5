package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A blob that is shorter than a manifest of its repository says is refused before the first byte. */
class CutDataTest {
    private final World world = new World();
    private final ObjectStore store = MemoryObjectStore.create();
    private final Digest layer = Digest.sha256(world.layer);

    @BeforeEach
    void push() {
        StorageRegistry registry = StorageRegistry.over(store);
        world.pushBlobs(registry, world.app);
        registry.repository(world.app).manifests().put(world.first, world.latest);
    }

    private void cut() throws IOException {
        store.put(Keys.data(layer), Arrays.copyOf(world.layer, 10), PutCondition.always());
    }

    private void requireRefused(Repository app) {
        for (ByteRange range : new ByteRange[] {ByteRange.all(), ByteRange.suffix(3)}) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> app.blobs().open(layer, range))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UNKNOWN));
        }
        assertThat(app.blobs().find(layer)).isEmpty();
        app.blobs().push(layer, BlobSource.of(world.layer));
        assertThat(app.blobs().find(layer)).isPresent();
    }

    @Test
    void byTheProcessThatHasReadTheManifest() throws IOException {
        Repository app = StorageRegistry.over(store).repository(world.app);
        app.manifests().get(world.latest);
        cut();
        requireRefused(app);
    }

    @Test
    void byTheProcessThatHasPushedTheManifest() throws IOException {
        Repository app = StorageRegistry.over(store).repository(world.app);
        app.manifests().put(world.first);
        cut();
        requireRefused(app);
    }

    /** Anybody can push a manifest with a layer that need not be there, of whatever size. */
    @Test
    void aManifestThatStatesTooMuchRefusesNothing() throws IOException {
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
                + "\",\"config\":{\"mediaType\":\"" + MediaTypes.OCI_EMPTY + "\",\"digest\":\""
                + Digest.sha256(world.config) + "\",\"size\":2},\"layers\":[{\"mediaType\":\""
                + MediaTypes.OCI_LAYER_TAR + "\",\"digest\":\"" + layer + "\",\"size\":5000}]}";
        Manifest wrong = Manifest.of(MediaTypes.OCI_MANIFEST, json.getBytes(StandardCharsets.UTF_8));
        new DockerLayout(store).manifest(world.app, wrong);
        Repository app = StorageRegistry.over(store).repository(world.app);
        app.manifests().get(wrong.digest());
        try (BlobContent content = app.blobs().open(layer)) {
            assertThat(content.stream().readAllBytes()).isEqualTo(world.layer);
        }
        assertThat(app.blobs().find(layer)).isPresent();
    }
}
