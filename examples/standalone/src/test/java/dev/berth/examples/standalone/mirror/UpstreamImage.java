package dev.berth.examples.standalone.mirror;

import dev.berth.examples.standalone.content.GeneratedContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An image that was pushed to a registry.
 *
 * @param layers the seeds of its layers
 */
record UpstreamImage(Manifest manifest, long layerBytes, Map<Digest, Long> layers) {
    static final String REPOSITORY = "team/app";

    /** Pushes an image with layers of these seeds. */
    static UpstreamImage push(Repository repository, String tag, long layerBytes, long... seeds) {
        Map<Digest, Long> blobs = new LinkedHashMap<>();
        List<Descriptor> layers = new ArrayList<>();
        for (long seed : seeds) {
            GeneratedContent layer = new GeneratedContent(seed, layerBytes);
            Digest digest = Digest.parse(layer.digest());
            layers.add(repository
                    .blobs()
                    .push(digest, BlobSource.once(layer.stream(), layer.size()))
                    .withMediaType(MediaTypes.OCI_LAYER_TAR_GZIP));
            blobs.put(digest, seed);
        }
        byte[] json = ("{\"tag\":\"" + tag + "\"}").getBytes(StandardCharsets.UTF_8);
        Descriptor config = repository
                .blobs()
                .push(Digest.sha256(json), BlobSource.of(json))
                .withMediaType(MediaTypes.OCI_CONFIG);
        Manifest manifest = ImageManifest.of(config, layers).toManifest();
        repository.manifests().put(manifest, Tag.parse(tag));
        return new UpstreamImage(manifest, layerBytes, blobs);
    }

    static String blobPath(Digest digest) {
        return "/v2/" + REPOSITORY + "/blobs/" + digest;
    }

    static String manifestPath(String reference) {
        return "/v2/" + REPOSITORY + "/manifests/" + reference;
    }

    /** Returns what a layer is. It takes a megabyte of memory, whatever its size. */
    GeneratedContent content(Digest layer) {
        return new GeneratedContent(layers.get(layer), layerBytes);
    }

    /** Pulls all of it from a mirror, and compares it. */
    void pull(MirrorNode node) throws IOException {
        byte[] bytes = node.read(manifestPath(manifest.digest().toString()));
        if (!Digest.sha256(bytes).equals(manifest.digest())) {
            throw new AssertionError("Another manifest came");
        }
        for (Digest layer : layers.keySet()) {
            try (InputStream body = node.get(blobPath(layer)).getInputStream()) {
                content(layer).expect(body);
            }
        }
        for (Digest digest : digests()) {
            if (!layers.containsKey(digest)
                    && !digest.equals(manifest.digest())
                    && !Digest.sha256(node.read(blobPath(digest))).equals(digest)) {
                throw new AssertionError("Another configuration came");
            }
        }
    }

    /** Returns the digests of all that it consists of. */
    List<Digest> digests() {
        List<Digest> all = new ArrayList<>(layers.keySet());
        all.add(manifest.digest());
        ImageManifest parsed = (ImageManifest) ManifestDocument.parse(manifest);
        all.add(parsed.config().digest());
        return all;
    }
}
