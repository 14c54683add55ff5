package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a disk has damaged are mended by pushing the image again, as clients do: what is there is not pushed. */
class DamagedFilesTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Tag LATEST = Tag.parse("latest");

    private final byte[] layer = new byte[200_000];
    private final Manifest image = image();

    @TempDir
    private Path directory;

    private Manifest image() {
        String config = descriptor(MediaTypes.OCI_EMPTY, "{}".getBytes(StandardCharsets.UTF_8));
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":" + config
                + ",\"layers\":[" + descriptor(MediaTypes.OCI_LAYER_TAR, layer) + "]}";
        return Manifest.of(MediaTypes.OCI_MANIFEST, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String descriptor(String mediaType, byte[] content) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + Digest.sha256(content) + "\",\"size\":"
                + content.length + "}";
    }

    /** As clients push: blobs that the registry lacks, then the manifest. */
    private void push(Repository repository) {
        for (byte[] blob : new byte[][] {"{}".getBytes(StandardCharsets.UTF_8), layer}) {
            if (repository.blobs().find(Digest.sha256(blob)).isEmpty()) {
                repository.blobs().push(Digest.sha256(blob), BlobSource.of(blob));
            }
        }
        repository.manifests().put(image, LATEST);
    }

    private Path data(Digest digest) {
        return directory.resolve(
                "docker/registry/v2/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data");
    }

    private void assertWhole(Repository repository) throws IOException {
        assertThat(repository.manifests().get(LATEST)).isEqualTo(image);
        try (var content = repository.blobs().open(Digest.sha256(layer))) {
            assertThat(content.stream().readAllBytes()).isEqualTo(layer);
        }
    }

    @Test
    void aDamagedManifestIsMended() throws IOException {
        try (ObjectStore store = FileObjectStore.open(directory);
                StorageRegistry registry = StorageRegistry.over(store)) {
            Repository repository = registry.repository(NAME);
            push(repository);
            byte[] flipped = image.bytes();
            flipped[10] ^= 1;
            for (byte[] damage : new byte[][] {flipped, Arrays.copyOf(flipped, 20), {}}) {
                Files.write(data(image.digest()), damage);
                RegistryException failure = catchThrowableOfType(
                        RegistryException.class, () -> repository.manifests().get(LATEST));
                assertThat(failure.code()).isEqualTo(ErrorCode.MANIFEST_UNKNOWN);
                assertThat(failure).hasMessageContaining("broken");
                assertThat(repository.tags().list()).containsExactly(LATEST);
                push(repository);
                assertWhole(repository);
            }
        }
    }

    @Test
    void aCutBlobIsMendedByTheProcessThatStoredIt() throws IOException {
        try (ObjectStore store = FileObjectStore.open(directory);
                StorageRegistry registry = StorageRegistry.over(store)) {
            Repository repository = registry.repository(NAME);
            push(repository);
            Files.write(data(Digest.sha256(layer)), new byte[layer.length - 1]);
            push(repository);
            assertWhole(repository);
        }
    }

    /** The manifest that is there tells that the blob is too small, so that it is missing for the first push already. */
    @Test
    void aCutBlobIsMendedAfterARestart() throws IOException {
        try (ObjectStore store = FileObjectStore.open(directory);
                StorageRegistry registry = StorageRegistry.over(store)) {
            push(registry.repository(NAME));
        }
        Files.write(data(Digest.sha256(layer)), new byte[layer.length - 1]);
        try (ObjectStore store = FileObjectStore.open(directory);
                StorageRegistry registry = StorageRegistry.over(store)) {
            Repository repository = registry.repository(NAME);
            push(repository);
            assertWhole(repository);
        }
    }
}
