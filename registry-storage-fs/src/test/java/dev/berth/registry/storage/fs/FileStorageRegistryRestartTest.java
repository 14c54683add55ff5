package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.UploadId;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a registry in a directory knows after it was closed and opened again, and what its disk does to it. */
class FileStorageRegistryRestartTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");

    @TempDir
    private Path directory;

    private ObjectStore store;
    private StorageRegistry registry;
    private Repository app;

    private final byte[] bytes = random(300_000);
    private final Digest digest = Digest.sha256(bytes);

    private static byte[] random(int size) {
        byte[] random = new byte[size];
        new Random(size).nextBytes(random);
        return random;
    }

    @BeforeEach
    void open() throws IOException {
        store = FileObjectStore.open(directory.resolve("registry"));
        registry = StorageRegistry.over(store);
        app = registry.repository(NAME);
    }

    @AfterEach
    void close() throws IOException {
        registry.close();
        store.close();
    }

    private void restart() throws IOException {
        close();
        open();
    }

    @Test
    void whatWasPushedIsThere() throws IOException {
        app.blobs().push(digest, BlobSource.of(bytes));
        Manifest index = Manifest.of(
                MediaTypes.OCI_INDEX, "{\"schemaVersion\": 2, \"manifests\": []}".getBytes(StandardCharsets.UTF_8));
        Manifest list =
                Manifest.of(MediaTypes.DOCKER_MANIFEST_LIST, "{\"manifests\":[]}".getBytes(StandardCharsets.UTF_8));
        app.manifests().put(index, Tag.parse("1.0"), Tag.parse("1.0-alpine"));
        app.manifests().put(list, Tag.parse("list"));
        restart();
        assertThat(registry.indexComplete()).isTrue();
        assertThat(app.manifests().get(Tag.parse("1.0"))).isEqualTo(index);
        assertThat(app.manifests().get(Tag.parse("list"))).isEqualTo(list);
        assertThat(app.tags().list()).containsExactly(Tag.parse("1.0"), Tag.parse("1.0-alpine"), Tag.parse("list"));
        assertThat(registry.repositories()).containsExactly(NAME);
        try (BlobContent content = app.blobs().open(digest)) {
            assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void anUploadGoesOn() throws IOException {
        BlobUpload upload = app.blobs().startUpload();
        upload.append(0, BlobSource.of(Arrays.copyOf(bytes, 100_000)));
        UploadId id = upload.id();
        restart();
        BlobUpload resumed = app.blobs().resumeUpload(id);
        assertThat(resumed.offset()).isEqualTo(100_000);
        resumed.append(100_000, BlobSource.of(Arrays.copyOfRange(bytes, 100_000, bytes.length)));
        restart();
        app.blobs().resumeUpload(id).commit(digest);
        restart();
        assertThat(app.blobs().find(digest).map(Descriptor::size)).contains((long) bytes.length);
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> app.blobs().resumeUpload(id))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UPLOAD_UNKNOWN));
    }

    @Test
    void whatDockersRegistryWroteIsServed() throws IOException {
        close();
        String blobs = "docker/registry/v2/blobs/sha256/";
        String repository = "docker/registry/v2/repositories/team/app/";
        byte[] manifest = "{\"schemaVersion\": 2, \"manifests\": []}".getBytes(StandardCharsets.UTF_8);
        Digest manifestDigest = Digest.sha256(manifest);
        write(blobs + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data", bytes);
        write(repository + "_layers/sha256/" + digest.hex() + "/link", link(digest));
        write(blobs + manifestDigest.hex().substring(0, 2) + "/" + manifestDigest.hex() + "/data", manifest);
        write(repository + "_manifests/revisions/sha256/" + manifestDigest.hex() + "/link", link(manifestDigest));
        write(repository + "_manifests/tags/latest/current/link", link(manifestDigest));
        Files.createDirectories(directory.resolve("registry/" + repository + "_uploads"));
        open();
        assertThat(registry.indexComplete()).isFalse();
        assertServed(manifest);
        registry.rebuildIndex(name -> {});
        assertThat(registry.indexComplete()).isTrue();
        assertServed(manifest);
    }

    private void assertServed(byte[] manifest) {
        assertThat(registry.repositories()).containsExactly(NAME);
        assertThat(app.tags().list()).containsExactly(Tag.LATEST);
        assertThat(app.manifests().get(Tag.LATEST).bytes()).isEqualTo(manifest);
        assertThat(app.blobs().find(digest)).isPresent();
    }

    private static byte[] link(Digest target) {
        return target.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void write(String key, byte[] content) throws IOException {
        Path file = directory.resolve("registry").resolve(key);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    @Test
    void whatIsRefusedLeavesNoFile() throws IOException {
        app.blobs().push(digest, BlobSource.of(bytes));
        List<Path> before = files();
        Digest other = Digest.sha256(new byte[1]);
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> app.blobs().push(other, BlobSource.of(bytes)));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> app.blobs().push(other, BlobSource.of(random(200_000))));
        BlobUpload upload = app.blobs().startUpload();
        upload.append(0, BlobSource.of(bytes));
        upload.cancel();
        assertThat(files()).containsExactlyElementsOf(before);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void aFullDiskIsNamedAndGetsItsSpaceBack() throws IOException {
        try (MemoryDisk disk = MemoryDisk.need(directory, "size=2m");
                ObjectStore small = FileObjectStore.open(disk.directory())) {
            Repository full = StorageRegistry.over(small).repository(NAME);
            full.blobs().push(digest, BlobSource.of(bytes));
            byte[] larger = random(3 * 1024 * 1024);
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatExceptionOfType(RegistryException.class)
                        .isThrownBy(() -> full.blobs().push(Digest.sha256(larger), BlobSource.of(larger)))
                        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INSUFFICIENT_STORAGE));
                assertThat(full.blobs().find(Digest.sha256(larger))).isEmpty();
            }
            byte[] fits = random(1024 * 1024);
            full.blobs().push(Digest.sha256(fits), BlobSource.of(fits));
            assertThat(full.blobs().find(Digest.sha256(fits))).isPresent();
        }
    }
}
