package dev.berth.registry.engine;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Two repositories, a few tags, images that share a blob, and a signature: enough for everything to collide. */
public final class World {
    public final RepositoryName app = RepositoryName.parse("team/app");
    public final RepositoryName other = RepositoryName.parse("team/app-2");
    public final Tag latest = Tag.parse("latest");
    public final Tag stable = Tag.parse("1.0");

    final byte[] config = bytes("{}");
    public final byte[] layer = bytes("a layer that both images share");
    final byte[] layer2 = bytes("a layer of the second image");
    public final Manifest first = image(layer);
    public final Manifest second = image(layer, layer2);
    public final Manifest signature = signature(first);
    final Manifest index = index(first);

    List<RepositoryName> repositories() {
        return List.of(app, other);
    }

    List<Tag> tags() {
        return List.of(latest, stable);
    }

    List<Digest> manifests() {
        return List.of(first.digest(), second.digest(), signature.digest(), index.digest());
    }

    List<Digest> blobs() {
        return List.of(Digest.sha256(config), Digest.sha256(layer), Digest.sha256(layer2));
    }

    public void pushBlobs(Registry registry, RepositoryName repository) {
        for (byte[] blob : List.of(config, layer, layer2)) {
            registry.repository(repository).blobs().push(Digest.sha256(blob), BlobSource.of(blob));
        }
    }

    private Manifest image(byte[]... layers) {
        StringBuilder json = new StringBuilder("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
                + "\",\"config\":" + descriptor(MediaTypes.OCI_EMPTY, config) + ",\"layers\":[");
        for (int i = 0; i < layers.length; i++) {
            json.append(i == 0 ? "" : ",").append(descriptor(MediaTypes.OCI_LAYER_TAR, layers[i]));
        }
        return Manifest.of(MediaTypes.OCI_MANIFEST, bytes(json.append("]}").toString()));
    }

    private Manifest signature(Manifest subject) {
        return Manifest.of(
                MediaTypes.OCI_MANIFEST,
                bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
                        + "\",\"artifactType\":\"application/vnd.example.signature\",\"config\":"
                        + descriptor(MediaTypes.OCI_EMPTY, config) + ",\"layers\":[],\"subject\":{\"mediaType\":\""
                        + subject.mediaType() + "\",\"digest\":\"" + subject.digest() + "\",\"size\":"
                        + subject.size() + "}}"));
    }

    private Manifest index(Manifest image) {
        return Manifest.of(
                MediaTypes.OCI_INDEX,
                bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
                        + "\",\"manifests\":[{\"mediaType\":\"" + image.mediaType() + "\",\"digest\":\""
                        + image.digest() + "\",\"size\":" + image.size() + "}]}"));
    }

    private static String descriptor(String mediaType, byte[] content) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + Digest.sha256(content) + "\",\"size\":"
                + content.length + "}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
