package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.maintenance.scrub.Scrub;
import dev.berth.registry.maintenance.scrub.ScrubProblem;
import dev.berth.registry.maintenance.scrub.ScrubReport;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scrub beside a running registry finds what was changed in a file, and the registry takes the content again at once. */
class FileScrubTest {
    private static final Tag LATEST = Tag.parse("latest");

    @TempDir
    private Path directory;

    private final byte[] small = random(100);
    private final byte[] large = random(200_000);
    private final Manifest image = Manifest.of(
            MediaTypes.OCI_MANIFEST,
            ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                            + descriptor(MediaTypes.OCI_CONFIG, small) + ",\"layers\":["
                            + descriptor(MediaTypes.OCI_LAYER_TAR, large) + "]}")
                    .getBytes(StandardCharsets.UTF_8));

    private static byte[] random(int size) {
        byte[] random = new byte[size];
        new Random(size).nextBytes(random);
        return random;
    }

    private static String descriptor(String mediaType, byte[] content) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + Digest.sha256(content) + "\",\"size\":"
                + content.length + "}";
    }

    private void push(Repository app) {
        app.blobs().push(Digest.sha256(small), BlobSource.of(small));
        app.blobs().push(Digest.sha256(large), BlobSource.of(large));
        app.manifests().put(image, LATEST);
    }

    private void readEverything(Repository app) throws IOException {
        for (byte[] blob : new byte[][] {small, large}) {
            try (BlobContent content = app.blobs().open(Digest.sha256(blob))) {
                assertThat(content.stream().readAllBytes()).isEqualTo(blob);
            }
        }
        assertThat(app.manifests().get(LATEST).digest()).isEqualTo(image.digest());
    }

    @ParameterizedTest
    @CsvSource({"small, false", "large, false", "manifest, false", "small, true", "large, true", "manifest, true"})
    void aFlippedBitIsFound(String which, boolean asADiskDoes) throws IOException {
        try (ObjectStore store = FileObjectStore.open(directory);
                StorageRegistry registry = StorageRegistry.over(store)) {
            Repository app = registry.repository(RepositoryName.parse("team/app"));
            push(app);
            readEverything(app);
            Digest digest = switch (which) {
                case "small" -> Digest.sha256(small);
                case "large" -> Digest.sha256(large);
                default -> image.digest();
            };
            flip(digest, asADiskDoes);
            ScrubReport report = Scrub.over(store).run();
            assertThat(report.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.problem()).isEqualTo(ScrubProblem.DAMAGED_DATA);
                assertThat(finding.digest()).contains(digest);
                assertThat(finding.affected().get(0).tags()).containsExactly(LATEST);
            });
            assertThat(
                            which.equals("manifest")
                                    ? app.manifests().find(LATEST)
                                    : app.blobs().find(digest))
                    .isEmpty();
            push(app);
            readEverything(app);
            assertThat(Scrub.over(store).run().findings()).isEmpty();
        }
    }

    private void flip(Digest digest, boolean asADiskDoes) throws IOException {
        Path file = directory.resolve(
                "docker/registry/v2/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data");
        FileTime time = Files.getLastModifiedTime(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        if (asADiskDoes) {
            Files.setLastModifiedTime(file, time);
        }
    }
}
