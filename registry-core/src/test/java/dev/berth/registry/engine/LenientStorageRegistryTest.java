package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.contract.RegistryContract;
import dev.berth.registry.memory.MemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The contract of registries, kept by an engine that takes manifests whose content is missing, but only small ones; and
 * what these options change.
 */
class LenientStorageRegistryTest extends RegistryContract {
    private static final int SMALL = 5000;

    private final World world = new World();
    private final Registry registry = StorageRegistry.over(
            MemoryObjectStore.create(),
            StorageOptions.builder()
                    .requireBlobs(false)
                    .requireManifests(false)
                    .maxManifestBytes(SMALL)
                    .build());

    @Override
    protected Registry registry() {
        return registry;
    }

    @Override
    protected boolean requiresReferencedContent() {
        return false;
    }

    @Override
    protected int maxManifestBytes() {
        return SMALL;
    }

    @Test
    void anImageWithoutItsBlobsIsAccepted() {
        Repository app = registry.repository(world.app);
        app.manifests().put(world.first, world.latest);
        assertThat(app.manifests().get(world.latest)).isEqualTo(world.first);
        assertThat(app.manifests().delete(world.first.digest()).deleted()).isTrue();
    }

    @Test
    void aSparseIndexIsAccepted() {
        Repository app = registry.repository(world.app);
        Manifest index = indexOf(world.first);
        app.manifests().put(index, world.latest);
        assertThat(app.manifests().get(world.latest)).isEqualTo(index);
    }

    private static Manifest indexOf(Manifest child) {
        String json = "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"" + child.mediaType() + "\",\"digest\":\""
                + child.digest() + "\",\"size\":" + child.size() + "}]}";
        return Manifest.of(MediaTypes.OCI_INDEX, json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void existingContentMustHaveTheSizeInTheManifest() {
        Repository app = registry.repository(world.app);
        world.pushBlobs(registry, world.app);
        String json = new String(world.first.bytes(), StandardCharsets.UTF_8);
        Manifest wrong = Manifest.of(
                MediaTypes.OCI_MANIFEST,
                json.replace("\"size\":2}", "\"size\":3}").getBytes(StandardCharsets.UTF_8));
        assertThat(wrong).isNotEqualTo(world.first);
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> app.manifests().put(wrong))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_INVALID));
    }

    /** Each option counts for itself. */
    @Test
    void blobsAndManifestsAreRequiredByTheirOwnOptions() {
        Repository app = StorageRegistry.over(
                        MemoryObjectStore.create(),
                        StorageOptions.builder().requireManifests(false).build())
                .repository(world.app);
        app.manifests().put(indexOf(world.first), world.stable);
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> app.manifests().put(world.first, world.latest))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_BLOB_UNKNOWN));

        Repository other = StorageRegistry.over(
                        MemoryObjectStore.create(),
                        StorageOptions.builder().requireBlobs(false).build())
                .repository(world.app);
        other.blobs().push(Digest.sha256(world.layer2), BlobSource.of(world.layer2));
        other.manifests().put(world.second);
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> other.manifests().put(indexOf(world.first)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_BLOB_UNKNOWN));
    }

    @Test
    void invalidOptionsAreRefused() {
        StorageOptions.Builder builder = StorageOptions.builder();
        for (int bytes : new int[] {-1, 0, StorageRegistry.LARGEST_MANIFEST + 1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> builder.maxManifestBytes(bytes));
        }
        for (Duration expiry : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> builder.uploadExpiry(expiry));
        }
    }
}
