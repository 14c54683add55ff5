package dev.berth.registry.testing;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Repository;
import dev.berth.registry.image.ArtifactBuilder;
import dev.berth.registry.image.ImageBuilder;
import dev.berth.registry.image.IndexBuilder;
import dev.berth.registry.image.Layer;
import dev.berth.registry.image.LayerBuilder;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Small images for tests. Each has the same digest wherever and whenever it is pushed.
 *
 * @since 0.1
 */
public final class TestImages {
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private static final Platform ARM64 = Platform.of("linux", "arm64");

    private TestImages() {}

    /** Returns an image for linux/amd64 without layers. */
    public static TestImage empty() {
        return (registry, name, tags) -> ImageBuilder.fromScratch(AMD64).pushTo(registry, name, tags);
    }

    /** Returns an image for linux/amd64 of one layer with these files: texts by paths such as {@code etc/motd}. */
    public static TestImage withFiles(Map<String, String> files) {
        Map<String, String> copy = Map.copyOf(files);
        return (registry, name, tags) -> image(AMD64, copy).pushTo(registry, name, tags);
    }

    /** Returns an index of two images, for linux/amd64 and linux/arm64, each with its architecture in {@code etc/platform}. */
    public static TestImage multiPlatform() {
        return (registry, name, tags) -> IndexBuilder.create()
                .image(image(AMD64, Map.of("etc/platform", "amd64\n")))
                .image(image(ARM64, Map.of("etc/platform", "arm64\n")))
                .pushTo(registry, name, tags);
    }

    /**
     * Returns an image with two referrers: an SBOM of the type {@code application/spdx+json}, and a placeholder of a
     * signature of the type {@code application/vnd.example.signature.v1}. The tags name the image.
     */
    public static TestImage withReferrers() {
        return (registry, name, tags) -> {
            Descriptor image = image(AMD64, Map.of("etc/motd", "hello\n")).pushTo(registry, name, tags);
            ArtifactBuilder.of("application/spdx+json")
                    .subject(image)
                    .content("application/spdx+json", BlobSource.of(bytes("{\"spdxVersion\":\"SPDX-2.3\"}")))
                    .pushTo(registry, name);
            ArtifactBuilder.of("application/vnd.example.signature.v1")
                    .subject(image)
                    .content("application/octet-stream", BlobSource.of(bytes("signed")))
                    .pushTo(registry, name);
            return image;
        };
    }

    /** Returns an image whose only layer has the right digest, but is neither gzip nor tar. */
    public static TestImage withBrokenLayer() {
        return (registry, name, tags) -> {
            Repository repository = registry.repository(name);
            Descriptor config = push(
                    repository,
                    MediaTypes.OCI_CONFIG,
                    "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
                            + Digest.sha256(bytes("what was unpacked")) + "\"]}}");
            Descriptor layer = push(repository, MediaTypes.OCI_LAYER_TAR_GZIP, "This is not a gzip file.");
            String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                    + json(config) + ",\"layers\":[" + json(layer) + "]}";
            return repository
                    .manifests()
                    .put(Manifest.of(MediaTypes.OCI_MANIFEST, bytes(manifest)), tags)
                    .descriptor();
        };
    }

    /** Returns an image whose only layer has been deleted: a pull fails with 404 BLOB_UNKNOWN. */
    public static TestImage withMissingLayer() {
        return (registry, name, tags) -> {
            Descriptor image = image(AMD64, Map.of("etc/motd", "gone\n")).pushTo(registry, name, tags);
            removeLayers(registry.repository(name), image);
            return image;
        };
    }

    private static void removeLayers(Repository repository, Descriptor image) {
        Manifest manifest = repository.manifests().get(image.digest());
        if (ManifestDocument.parse(manifest) instanceof ImageManifest document) {
            document.layers().forEach(layer -> repository.blobs().delete(layer.digest()));
        }
    }

    private static ImageBuilder image(Platform platform, Map<String, String> files) {
        LayerBuilder layer = Layer.builder();
        files.forEach((path, text) -> layer.bytes(path, bytes(text)));
        return ImageBuilder.fromScratch(platform).layer(layer.build());
    }

    private static Descriptor push(Repository repository, String mediaType, String content) {
        byte[] bytes = bytes(content);
        return repository
                .blobs()
                .push(Digest.sha256(bytes), BlobSource.of(bytes))
                .withMediaType(mediaType);
    }

    private static String json(Descriptor descriptor) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
                .formatted(descriptor.mediaType(), descriptor.digest(), descriptor.size());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
