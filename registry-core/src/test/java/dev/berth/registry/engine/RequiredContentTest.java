package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
    private Repository app = registry.repository(world.app);

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

    private Manifest imageOf(byte[] layer, long size) {
        return image(descriptor(MediaTypes.OCI_LAYER_TAR, Digest.sha256(layer), size));
    }

    private List<String> readsOf(byte[] content) {
        String hex = Digest.sha256(content).hex();
        return store.calls().stream()
                .filter(call -> call.startsWith("open ") && call.contains(hex) && call.endsWith("/data"))
                .toList();
    }

    /** Each way to push: at once, through an upload, and small. */
    @Test
    void aWrongSizeOfWhatWasPushedIsRefusedWithoutReading() {
        byte[] uploaded = {1, 2, 3};
        BlobUpload upload = app.blobs().startUpload();
        upload.append(0, BlobSource.of(uploaded));
        upload.commit(Digest.sha256(uploaded));
        for (byte[] content : List.of(LARGE, uploaded, world.layer)) {
            for (long size : new long[] {0, content.length - 1, content.length + 1, Long.MAX_VALUE}) {
                RegistryException failure = failure(imageOf(content, size));
                assertThat(failure.code()).isEqualTo(ErrorCode.MANIFEST_INVALID);
                assertThat(readsOf(content)).isEmpty();
                assertThat(app.blobs().find(Digest.sha256(content))).isPresent();
            }
        }
    }

    @Test
    void aWrongSizeOfWhatAnImageHasIsRefusedWithoutReading() {
        app.manifests().put(imageOf(LARGE, LARGE.length));
        app = StorageRegistry.over(store).repository(world.app);
        assertThat(failure(imageOf(LARGE, LARGE.length + 1)).code()).isEqualTo(ErrorCode.MANIFEST_INVALID);
        assertThat(readsOf(LARGE)).isEmpty();
    }

    @Test
    void whatNobodyKnowsIsReadOnce() {
        app = StorageRegistry.over(store).repository(world.app);
        assertThat(failure(imageOf(LARGE, LARGE.length + 1)).code()).isEqualTo(ErrorCode.MANIFEST_INVALID);
        assertThat(readsOf(LARGE)).hasSize(1);
        for (int more = 2; more < 10; more++) {
            assertThat(failure(imageOf(LARGE, LARGE.length + more)).code()).isEqualTo(ErrorCode.MANIFEST_INVALID);
            assertThat(readsOf(LARGE)).isEmpty();
        }
    }

    @Test
    void onePushReadsALimitedAmount() {
        int size = 10 * 1024 * 1024;
        List<byte[]> blobs = new ArrayList<>();
        for (byte i = 0; i < 3; i++) {
            byte[] blob = new byte[size];
            blob[0] = i;
            app.blobs().push(Digest.sha256(blob), BlobSource.of(blob));
            blobs.add(blob);
        }
        app = StorageRegistry.over(store).repository(world.app);
        Manifest wrong = image(blobs.stream()
                .map(blob -> descriptor(MediaTypes.OCI_LAYER_TAR, Digest.sha256(blob), size + 1))
                .collect(Collectors.joining(",")));
        for (int request = 0; request < 2; request++) {
            RegistryException busy = failure(wrong);
            assertThat(busy.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(busy.retryAfter()).isPresent();
            assertThat(store.dataBytesRead()).isEqualTo(size);
        }
        RegistryException refused = failure(wrong);
        assertThat(refused.errors()).extracting(RegistryError::code).containsOnly(ErrorCode.MANIFEST_INVALID);
        assertThat(failure(wrong).errors()).hasSize(3);
        assertThat(store.dataBytesRead()).isZero();
    }

    /** Whatever the size in a manifest: the process that has stored the data knows the true one. */
    @Test
    void knownDataThatWasCutIsMissingForEveryone() throws IOException {
        app.manifests().put(imageOf(LARGE, LARGE.length), world.stable);
        store.put(Keys.data(Digest.sha256(LARGE)), new byte[LARGE.length - 1], PutCondition.always());
        store.reset();
        assertThat(app.blobs().find(Digest.sha256(LARGE))).isEmpty();
        for (int size : new int[] {LARGE.length - 1, LARGE.length, LARGE.length + 1}) {
            RegistryException failure = catchThrowableOfType(
                    RegistryException.class, () -> app.manifests().put(imageOf(LARGE, size)));
            assertThat(failure.code()).isEqualTo(ErrorCode.MANIFEST_BLOB_UNKNOWN);
        }
        assertThat(readsOf(LARGE)).isEmpty();
        app.blobs().push(Digest.sha256(LARGE), BlobSource.of(LARGE));
        assertThat(app.blobs().find(Digest.sha256(LARGE)).map(Descriptor::size)).contains((long) LARGE.length);
        app.manifests().put(imageOf(LARGE, LARGE.length));
    }

    /** Other manifests do not make data that was cut look whole. */
    @Test
    void dataThatWasCutBeforeTheStartIsMissingAndMendedByAPush() throws IOException {
        app.manifests().put(imageOf(LARGE, LARGE.length), world.stable);
        store.put(Keys.data(Digest.sha256(LARGE)), new byte[LARGE.length - 1], PutCondition.always());
        app = StorageRegistry.over(store).repository(world.app);
        assertThat(app.blobs().find(Digest.sha256(LARGE)))
                .as("the manifest says that it is larger")
                .isEmpty();
        RegistryException failure = catchThrowableOfType(
                RegistryException.class, () -> app.manifests().put(imageOf(LARGE, LARGE.length)));
        assertThat(failure.code()).isEqualTo(ErrorCode.MANIFEST_BLOB_UNKNOWN);
        assertThat(app.blobs().find(Digest.sha256(LARGE))).isEmpty();
        app.blobs().push(Digest.sha256(LARGE), BlobSource.of(LARGE));
        app.manifests().put(imageOf(LARGE, LARGE.length), world.stable);
        assertThat(app.manifests().find(world.stable)).isPresent();
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
