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
 * An image index, or Docker's manifest list (OCI image specification, "Image Index"): several manifests, as a rule one
 * for each platform. Immutable.
 *
 * @param mediaType {@link MediaTypes#OCI_INDEX} or {@link MediaTypes#DOCKER_MANIFEST_LIST}
 * @param declaredArtifactType the field {@code artifactType}
 * @param manifests what the index lists: manifests, though some builders list blobs here for their caches
 * @param subject the manifest that this one refers to
 * @param annotations the annotations, in their order
 * @param source what this document was read from
 * @since 0.1
 */
public record ImageIndex(
        String mediaType,
        Optional<String> declaredArtifactType,
        List<Descriptor> manifests,
        Optional<Descriptor> subject,
        Map<String, String> annotations,
        Optional<Manifest> source)
        implements ManifestDocument {

    /** Checks the media type and copies the collections. */
    public ImageIndex {
        if (!isImageIndex(mediaType)) {
            throw new IllegalArgumentException("'" + mediaType + "' is not a media type of image indexes");
        }
        Objects.requireNonNull(declaredArtifactType, "declaredArtifactType");
        manifests = List.copyOf(manifests);
        Objects.requireNonNull(subject, "subject");
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        ManifestWriter.requireSameType(mediaType, source);
    }

    /** Returns a new OCI image index. */
    public static ImageIndex of(List<Descriptor> manifests) {
        return new ImageIndex(
                MediaTypes.OCI_INDEX, Optional.empty(), manifests, Optional.empty(), Map.of(), Optional.empty());
    }

    public static boolean isImageIndex(String mediaType) {
        return mediaType.equals(MediaTypes.OCI_INDEX) || mediaType.equals(MediaTypes.DOCKER_MANIFEST_LIST);
    }

    @Override
    public Optional<String> artifactType() {
        return declaredArtifactType;
    }

    /** Returns the entries, and the subject if there is one. */
    @Override
    public List<ManifestReference> references() {
        List<ManifestReference> references = new ArrayList<>();
        manifests.forEach(manifest -> references.add(ManifestReference.manifest(manifest)));
        subject.map(ManifestReference::subject).ifPresent(references::add);
        return List.copyOf(references);
    }

    /** Returns this index with an artifact type. */
    public ImageIndex withArtifactType(String newArtifactType) {
        return new ImageIndex(mediaType, Optional.of(newArtifactType), manifests, subject, annotations, source);
    }

    /** Returns this index with these manifests instead of its own. */
    public ImageIndex withManifests(List<Descriptor> newManifests) {
        return new ImageIndex(mediaType, declaredArtifactType, newManifests, subject, annotations, source);
    }

    /** Returns this index referring to a manifest. */
    public ImageIndex withSubject(Descriptor newSubject) {
        return new ImageIndex(mediaType, declaredArtifactType, manifests, Optional.of(newSubject), annotations, source);
    }

    /** Returns this index with these annotations instead of its own. */
    public ImageIndex withAnnotations(Map<String, String> newAnnotations) {
        return new ImageIndex(mediaType, declaredArtifactType, manifests, subject, newAnnotations, source);
    }

    @Override
    public Manifest toManifest() {
        return ManifestWriter.write(this);
    }
}
