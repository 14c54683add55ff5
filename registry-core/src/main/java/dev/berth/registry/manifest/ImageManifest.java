package dev.berth.registry.manifest;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An image manifest, of OCI or Docker (OCI image specification, "Image Manifest"): one image for one platform, or an
 * artifact. Immutable.
 *
 * @param mediaType {@link MediaTypes#OCI_MANIFEST} or {@link MediaTypes#DOCKER_MANIFEST}
 * @param declaredArtifactType the field {@code artifactType}; see also {@link #artifactType()}
 * @param config the configuration: an {@link ImageConfig}, if its media type says so
 * @param layers the layers, the lowest first
 * @param subject the manifest that this one refers to
 * @param annotations the annotations, in their order
 * @param source what this document was read from
 * @since 0.1
 */
public record ImageManifest(
        String mediaType,
        Optional<String> declaredArtifactType,
        Descriptor config,
        List<Descriptor> layers,
        Optional<Descriptor> subject,
        Map<String, String> annotations,
        Optional<Manifest> source)
        implements ManifestDocument {

    /** Checks the media type and copies the collections. */
    public ImageManifest {
        if (!isImageManifest(mediaType)) {
            throw new IllegalArgumentException("'" + mediaType + "' is not a media type of image manifests");
        }
        Objects.requireNonNull(declaredArtifactType, "declaredArtifactType");
        Objects.requireNonNull(config, "config");
        layers = List.copyOf(layers);
        Objects.requireNonNull(subject, "subject");
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        ManifestWriter.requireSameType(mediaType, source);
    }

    /** Returns a new OCI image manifest. */
    public static ImageManifest of(Descriptor config, List<Descriptor> layers) {
        return new ImageManifest(
                MediaTypes.OCI_MANIFEST,
                Optional.empty(),
                config,
                layers,
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    /**
     * Returns whether this is the manifest of an image that containers are run from, by the media type of its
     * configuration, rather than one of another artifact.
     */
    public boolean isContainerImage() {
        return config.mediaType().equals(MediaTypes.OCI_CONFIG)
                || config.mediaType().equals(MediaTypes.DOCKER_CONFIG);
    }

    static boolean isImageManifest(String mediaType) {
        return mediaType.equals(MediaTypes.OCI_MANIFEST) || mediaType.equals(MediaTypes.DOCKER_MANIFEST);
    }

    @Override
    public Optional<String> artifactType() {
        return declaredArtifactType.or(() -> Optional.of(config.mediaType()));
    }

    /** Returns the configuration, the layers, and the subject if there is one. */
    @Override
    public List<ManifestReference> references() {
        List<ManifestReference> references = new ArrayList<>();
        references.add(ManifestReference.config(config));
        layers.forEach(layer -> references.add(ManifestReference.layer(layer)));
        subject.map(ManifestReference::subject).ifPresent(references::add);
        return List.copyOf(references);
    }

    /** Returns this manifest with an artifact type. */
    public ImageManifest withArtifactType(String newArtifactType) {
        return new ImageManifest(mediaType, Optional.of(newArtifactType), config, layers, subject, annotations, source);
    }

    /** Returns this manifest with another configuration and layers. */
    public ImageManifest withContent(Descriptor newConfig, List<Descriptor> newLayers) {
        return new ImageManifest(mediaType, declaredArtifactType, newConfig, newLayers, subject, annotations, source);
    }

    /** Returns this manifest referring to another one. */
    public ImageManifest withSubject(Descriptor newSubject) {
        return new ImageManifest(
                mediaType, declaredArtifactType, config, layers, Optional.of(newSubject), annotations, source);
    }

    /** Returns this manifest with these annotations instead of its own. */
    public ImageManifest withAnnotations(Map<String, String> newAnnotations) {
        return new ImageManifest(mediaType, declaredArtifactType, config, layers, subject, newAnnotations, source);
    }

    @Override
    public Manifest toManifest() {
        return ManifestWriter.write(this);
    }
}
