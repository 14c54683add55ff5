package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that has just started does not send the first byte of data that is shorter than the manifest says. */
class ShortDataTest {
    private final World world = new World();
    private final CountingStore store = new CountingStore(MemoryObjectStore.create());
    private final Digest layer = Digest.sha256(world.layer);

    @BeforeEach
    void push() {
        StorageRegistry registry = StorageRegistry.over(store);
        world.pushBlobs(registry, world.app);
        registry.repository(world.app).manifests().put(world.first, world.latest);
    }

    private Blobs started() {
        return StorageRegistry.over(store).repository(world.app).blobs();
    }

    @Test
    void whatWasCutIsMissingAndCanBePushedAgain() throws IOException {
        store.put(Keys.data(layer), Arrays.copyOf(world.layer, world.layer.length - 1), PutCondition.always());
        Blobs blobs = started();
        for (ByteRange range : List.of(ByteRange.all(), ByteRange.from(2), ByteRange.suffix(3))) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> blobs.open(layer, range))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UNKNOWN));
        }
        assertThat(blobs.find(layer)).isEmpty();
        blobs.push(layer, BlobSource.of(world.layer));
        assertThat(started().find(layer)).isPresent();
        try (BlobContent content = started().open(layer)) {
            assertThat(content.stream().readAllBytes()).isEqualTo(world.layer);
        }
    }

    @Test
    void theManifestIsAskedOnce() throws IOException {
        Blobs blobs = started();
        blobs.open(layer, ByteRange.from(2)).close();
        store.reset();
        blobs.open(layer, ByteRange.from(2)).close();
        assertThat(store.calls()).hasSize(2);
    }
}
