package dev.berth.registry.simulation;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the actors push: a few images that share layers, indexes of them, and signatures. Immutable, made once. */
final class Content {
    /** What artifacts with a subject are. */
    static final String ARTIFACT_TYPE = "application/vnd.example.signature";

    static final List<RepositoryName> REPOSITORIES =
            List.of(RepositoryName.parse("team/app"), RepositoryName.parse("team/app-2"), RepositoryName.parse("x"));
    static final List<Tag> TAGS = List.of(Tag.parse("1.0"), Tag.parse("latest"));

    static final List<Blob> BLOBS = new ArrayList<>();
    static final List<Image> IMAGES = new ArrayList<>();
    static final Map<Digest, Image> BY_DIGEST = new LinkedHashMap<>();

    static {
        Blob config = blob("{}", DigestAlgorithm.SHA256);
        Blob other = blob("{\"os\":\"linux\"}", DigestAlgorithm.SHA256);
        Blob first = blob("a layer that most images share", DigestAlgorithm.SHA256);
        Blob second = blob("another layer", DigestAlgorithm.SHA256);
        Blob third = blob("a layer of one image", DigestAlgorithm.SHA256);
        Blob strong = blob("another layer", DigestAlgorithm.SHA512);
        Image one = image(DigestAlgorithm.SHA256, Optional.empty(), config, first, second);
        Image two = image(DigestAlgorithm.SHA256, Optional.empty(), other, first, third);
        Image three = image(DigestAlgorithm.SHA512, Optional.empty(), config, first, strong);
        Image index = index(one, two);
        image(DigestAlgorithm.SHA256, Optional.of(one), config, second);
        image(DigestAlgorithm.SHA256, Optional.of(index), other);
        index(three);
    }

    private Content() {}

    /** A blob. */
    record Blob(Digest digest, byte[] bytes) {}

    /**
     * A manifest.
     *
     * @param blobs what it needs
     * @param children the manifests that it needs
     */
    record Image(Manifest manifest, List<Blob> blobs, List<Image> children, Optional<Image> subject) {
        Digest digest() {
            return manifest.digest();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return manifest.hashCode();
        }
    }

    /** Returns what names a digest in a trace. */
    static String name(Digest digest) {
        return digest.algorithm().id() + ":" + digest.hex().substring(0, 6);
    }

    private static Blob blob(String text, DigestAlgorithm algorithm) {
        Blob blob = new Blob(Digest.compute(algorithm, bytes(text)), bytes(text));
        BLOBS.add(blob);
        return blob;
    }

    private static Image image(DigestAlgorithm algorithm, Optional<Image> subject, Blob config, Blob... layers) {
        List<Blob> blobs = new ArrayList<>(List.of(config));
        blobs.addAll(List.of(layers));
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\","
                + subject.map(of -> "\"artifactType\":\"" + ARTIFACT_TYPE + "\",")
                        .orElse("") + "\"config\":"
                + descriptor(MediaTypes.OCI_EMPTY, config.digest, config.bytes.length) + ",\"layers\":["
                + List.of(layers).stream()
                        .map(layer -> descriptor(MediaTypes.OCI_LAYER_TAR, layer.digest, layer.bytes.length))
                        .collect(Collectors.joining(","))
                + "]"
                + subject.map(image -> ",\"subject\":" + descriptor(image)).orElse("") + "}";
        Manifest manifest = Manifest.of(MediaTypes.OCI_MANIFEST, bytes(json), algorithm);
        return add(new Image(manifest, blobs, List.of(), subject));
    }

    private static Image index(Image... children) {
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                + List.of(children).stream().map(Content::descriptor).collect(Collectors.joining(",")) + "]}";
        Manifest manifest = Manifest.of(MediaTypes.OCI_INDEX, bytes(json));
        return add(new Image(manifest, List.of(), List.of(children), Optional.empty()));
    }

    private static Image add(Image image) {
        IMAGES.add(image);
        BY_DIGEST.put(image.digest(), image);
        return image;
    }

    private static String descriptor(Image image) {
        Manifest manifest = image.manifest;
        return descriptor(manifest.mediaType(), manifest.digest(), manifest.size());
    }

    private static String descriptor(String mediaType, Digest digest, int size) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
