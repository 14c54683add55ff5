package dev.berth.registry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A descriptor: the media type, digest and size of content (OCI image specification, "Content Descriptors").
 *
 * @param mediaType the media type of the content
 * @param digest the digest of the content
 * @param size the size of the content in bytes
 * @param artifactType the type of the artifact, if the content is the manifest of one
 * @param annotations the annotations, in the order of the document
 * @param urls other locations from which the content can be downloaded
 * @param platform the platform of the content
 * @param data the embedded content, in base64
 * @since 0.1
 */
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        Optional<String> artifactType,
        Map<String, String> annotations,
        List<String> urls,
        Optional<Platform> platform,
        Optional<String> data) {

    /** Checks the size and copies the collections. */
    public Descriptor {
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(digest, "digest");
        if (size < 0) {
            throw new IllegalArgumentException("The size of " + digest + " cannot be negative: " + size);
        }
        Objects.requireNonNull(artifactType, "artifactType");
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        urls = List.copyOf(urls);
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(data, "data");
    }

    /** Returns a descriptor with the required fields only. */
    public static Descriptor of(String mediaType, Digest digest, long size) {
        return new Descriptor(
                mediaType, digest, size, Optional.empty(), Map.of(), List.of(), Optional.empty(), Optional.empty());
    }

    /** Returns this descriptor with another media type. */
    public Descriptor withMediaType(String newMediaType) {
        return new Descriptor(newMediaType, digest, size, artifactType, annotations, urls, platform, data);
    }

    /** Returns this descriptor with an artifact type. */
    public Descriptor withArtifactType(String newArtifactType) {
        return new Descriptor(mediaType, digest, size, Optional.of(newArtifactType), annotations, urls, platform, data);
    }

    /** Returns this descriptor with these annotations instead of its own. */
    public Descriptor withAnnotations(Map<String, String> newAnnotations) {
        return new Descriptor(mediaType, digest, size, artifactType, newAnnotations, urls, platform, data);
    }

    /** Returns this descriptor with a platform. */
    public Descriptor withPlatform(Platform newPlatform) {
        return new Descriptor(mediaType, digest, size, artifactType, annotations, urls, Optional.of(newPlatform), data);
    }

    /** Returns media type, digest and size. */
    @Override
    public String toString() {
        return mediaType + " " + digest + " (" + size + " bytes)";
    }
}
