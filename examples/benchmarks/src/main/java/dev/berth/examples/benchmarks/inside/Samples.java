package dev.berth.examples.benchmarks.inside;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Content for measurements. */
final class Samples {
    static final RepositoryName REPOSITORY = RepositoryName.parse("bench/app");
    static final Tag TAG = Tag.parse("1.0");

    private static final int LAYERS = 5;

    private Samples() {}

    static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    /** Pushes an image of five layers, and returns its manifest. */
    static Manifest image(Registry registry) {
        Repository repository = registry.repository(REPOSITORY);
        List<String> layers = new ArrayList<>();
        for (int layer = 0; layer < LAYERS; layer++) {
            layers.add(push(repository, MediaTypes.OCI_LAYER_TAR, random(10_240 + layer)));
        }
        String config = push(
                repository,
                MediaTypes.OCI_CONFIG,
                "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes(StandardCharsets.UTF_8));
        Manifest manifest = Manifest.of(
                MediaTypes.OCI_MANIFEST,
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
                        .formatted(MediaTypes.OCI_MANIFEST, config, String.join(",", layers))
                        .getBytes(StandardCharsets.UTF_8));
        repository.manifests().put(manifest, TAG);
        return manifest;
    }

    private static String push(Repository repository, String mediaType, byte[] content) {
        Digest digest = Digest.sha256(content);
        Descriptor pushed = repository.blobs().push(digest, BlobSource.of(content));
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(mediaType, digest, pushed.size());
    }
}
