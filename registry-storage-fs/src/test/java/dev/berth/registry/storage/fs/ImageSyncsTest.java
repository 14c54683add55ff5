package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pushing an image of a configuration and five layers costs. */
class ImageSyncsTest {
    private static final int BLOBS = 6;
    private static final int BYTES = 20_000;

    private final WatchedSync sync = new WatchedSync();

    @TempDir
    private Path root;

    @Test
    void aBlobIsOneSyncAndAnImageAtMostTen() throws IOException {
        try (FileObjectStore store = FileObjectStore.open(
                        root,
                        FileStorageOptions.defaults(),
                        InstantSource.system(),
                        UnaryOperator.identity(),
                        sync,
                        1_000_000_000);
                StorageRegistry registry = StorageRegistry.over(store)) {
            Repository app = registry.repository(RepositoryName.parse("team/app"));
            app.blobs().startUpload().cancel();
            push(app, 0, false);
            for (int image = 1; image < 5; image++) {
                int before = sync.count();
                push(app, image, image % 2 == 0);
                assertThat(sync.count() - before).as("image %d", image).isLessThanOrEqualTo(BLOBS + 4);
            }
        }
    }

    private static void push(Repository app, int image, boolean inParts) {
        List<String> blobs = new ArrayList<>();
        for (int i = 0; i < BLOBS; i++) {
            byte[] content = new byte[BYTES];
            new Random(image * 100L + i).nextBytes(content);
            Digest digest = Digest.sha256(content);
            if (inParts) {
                BlobUpload upload = app.blobs().startUpload();
                upload.append(0, BlobSource.of(content));
                upload.commit(digest);
            } else {
                app.blobs().push(digest, BlobSource.of(content));
            }
            blobs.add("{\"mediaType\":\"application/octet-stream\",\"digest\":\"" + digest + "\",\"size\":" + BYTES
                    + "}");
        }
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + blobs.get(0) + ",\"layers\":[" + String.join(",", blobs.subList(1, BLOBS)) + "]}";
        app.manifests()
                .put(
                        Manifest.of(MediaTypes.OCI_MANIFEST, manifest.getBytes(StandardCharsets.UTF_8)),
                        Tag.parse("v" + image));
    }
}
