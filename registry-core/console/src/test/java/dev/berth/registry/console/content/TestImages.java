package dev.berth.registry.console.content;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.HistoryEntry;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Images of given layers, and what is attached to them. */
public final class TestImages {
    private final Repository target;

    /** Pushes into a repository. */
    public TestImages(Repository target) {
        this.target = target;
    }

    /** Pushes an image of these layers. */
    public Manifest image(String tag, byte[]... layers) {
        return image(Platform.of("linux", "amd64"), Map.of(), List.of(Tag.parse(tag)), layers);
    }

    /** Pushes an image of these layers, with a configuration of its own. */
    public Manifest image(Platform platform, Map<String, String> annotations, List<Tag> tags, byte[]... layers) {
        List<HistoryEntry> history = new ArrayList<>();
        List<Digest> diffIds = new ArrayList<>();
        for (int i = 0; i < layers.length; i++) {
            history.add(HistoryEntry.of("step " + i));
            diffIds.add(Digest.sha256(layers[i]));
        }
        return image(
                ImageConfig.of(platform).withLayers(diffIds, history).toJson(), annotations, tags, layers);
    }

    /** Pushes an image of these layers and this configuration. */
    public Manifest image(byte[] config, Map<String, String> annotations, List<Tag> tags, byte[]... layers) {
        List<Descriptor> described = new ArrayList<>();
        for (byte[] layer : layers) {
            described.add(blob(MediaTypes.OCI_LAYER_TAR, layer));
        }
        Manifest manifest = ImageManifest.of(blob(MediaTypes.OCI_CONFIG, config), described)
                .withAnnotations(annotations)
                .toManifest();
        target.manifests().put(manifest, tags.toArray(new Tag[0]));
        return manifest;
    }

    /** Pushes an index of images. */
    public Manifest index(String tag, List<Descriptor> images) {
        Manifest manifest = ImageIndex.of(images).toManifest();
        target.manifests().put(manifest, Tag.parse(tag));
        return manifest;
    }

    /** Attaches an artifact of one layer, as {@code oras attach} does. */
    public Manifest attach(Manifest subject, String artifactType, String layerType, byte[] content, String name) {
        Descriptor layer = blob(layerType, content).withAnnotations(Map.of("org.opencontainers.image.title", name));
        Manifest manifest = ImageManifest.of(blob(MediaTypes.OCI_EMPTY, "{}".getBytes(StandardCharsets.UTF_8)), List.of(layer))
                .withArtifactType(artifactType)
                .withSubject(Descriptor.of(subject.mediaType(), subject.digest(), subject.size()))
                .toManifest();
        target.manifests().put(manifest);
        return manifest;
    }

    /** Attaches a text. */
    public Manifest readme(Manifest subject, String text) {
        return attach(subject, "text/markdown", "text/markdown", text.getBytes(StandardCharsets.UTF_8), "README.md");
    }

    /** Returns how an index lists an image. */
    public static Descriptor listed(Manifest image, Optional<Platform> platform) {
        Descriptor plain = Descriptor.of(image.mediaType(), image.digest(), image.size());
        return platform.map(plain::withPlatform).orElse(plain);
    }

    private Descriptor blob(String mediaType, byte[] content) {
        Descriptor pushed = target.blobs().push(BlobSource.of(content));
        return Descriptor.of(mediaType, pushed.digest(), pushed.size());
    }
}
