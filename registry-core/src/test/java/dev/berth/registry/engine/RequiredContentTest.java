package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.memory.MemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The content of a manifest must exist with the stated size, and checking it has a bounded cost. */
class RequiredContentTest {
    private static final byte[] LARGE = new byte[100_000];

    private final World world = new World();
    private final CountingStore store = new CountingStore(MemoryObjectStore.create());
    private final StorageRegistry registry = StorageRegistry.over(store);
    private final Repository app = registry.repository(world.app);

    @BeforeEach
    void pushBlobs() {
        world.pushBlobs(registry, world.app);
        app.blobs().push(Digest.sha256(LARGE), BlobSource.of(LARGE));
    }

    private static String descriptor(String mediaType, Digest digest, long size) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }

    private Manifest image(String layers) {
        String config = descriptor(MediaTypes.OCI_CONFIG, Digest.sha256(world.config), world.config.length);
        String json = "{\"schemaVersion\":2,\"config\":" + config + ",\"layers\":[" + layers + "]}";
        return Manifest.of(MediaTypes.OCI_MANIFEST, json.getBytes(StandardCharsets.UTF_8));
    }

    private static Manifest index(String manifests) {
        String json = "{\"schemaVersion\":2,\"manifests\":[" + manifests + "]}";
        return Manifest.of(MediaTypes.OCI_INDEX, json.getBytes(StandardCharsets.UTF_8));
    }

    private RegistryException failure(Manifest manifest) {
        store.reset();
        RegistryException failure = catchThrowableOfType(
                RegistryException.class, () -> app.manifests().put(manifest));
        assertThat(failure).isNotNull();
        assertThat(app.manifests().find(manifest.digest())).isEmpty();
        return failure;
    }

    @Test
    void anIndexWithAWrongManifestSizeIsRefused() {
        app.manifests().put(world.first);
        for (long size : new long[] {0, world.first.size() - 1, world.first.size() + 1, Long.MAX_VALUE}) {
            RegistryException failure = failure(index(descriptor(MediaTypes.OCI_MANIFEST, world.first.digest(), size)));

            assertThat(failure.code()).isEqualTo(ErrorCode.MANIFEST_INVALID);
            assertThat(failure).hasMessageContaining(world.first.digest().toString());
        }
        assertThat(app.manifests().find(world.first.digest())).isPresent();
    }

    @Test
    void contentThatIsNamedOftenIsCheckedOnce() {
        String layer = descriptor(MediaTypes.OCI_LAYER_TAR, Digest.sha256(LARGE), LARGE.length);
        app.manifests().put(image(layer));
        store.reset();
        app.manifests().put(image(layer + "," + layer));
        int twice = store.calls().size();
        store.reset();
        app.manifests().put(image((layer + ",").repeat(500) + layer));

        assertThat(store.calls()).hasSize(twice);
    }

    @Test
    void aBlobIsVerifiedOnceForManyWrongSizes() {
        String layers = LongStream.range(LARGE.length + 1, LARGE.length + 50)
                .mapToObj(size -> descriptor(MediaTypes.OCI_LAYER_TAR, Digest.sha256(LARGE), size))
                .collect(Collectors.joining(","));
        RegistryException failure = failure(image(layers));

        assertThat(failure.errors()).extracting(RegistryError::code).containsOnly(ErrorCode.MANIFEST_INVALID);
        assertThat(store.dataBytesRead()).isLessThanOrEqualTo(LARGE.length);
        assertThat(app.blobs().find(Digest.sha256(LARGE))).isPresent();
    }

    @Test
    void theNumberOfErrorsIsLimited() {
        String layers = IntStream.range(0, 5000)
                .mapToObj(i ->
                        descriptor(MediaTypes.OCI_LAYER_TAR, Digest.sha256(new byte[] {(byte) (i >> 8), (byte) i}), 2))
                .collect(Collectors.joining(","));
        RegistryException failure = failure(image(layers));

        assertThat(failure.errors()).hasSize(100);
        assertThat(failure.errors()).extracting(RegistryError::code).containsOnly(ErrorCode.MANIFEST_BLOB_UNKNOWN);
        assertThat(store.calls()).hasSizeLessThan(500);
    }
}
