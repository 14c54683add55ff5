package dev.berth.registry.manifest;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A manifest of a media type that is not known here. Its content may be anything; if it is a JSON object and has the
 * common fields in their usual form, they are told. Immutable.
 *
 * @param subject the manifest that this one refers to; empty also if that field is not a descriptor
 * @param artifactType the field {@code artifactType}, if it is a string
 * @param annotations the annotations, in their order; none if one of them is not a string
 * @param source the manifest itself
 * @since 0.1
 */
public record OpaqueManifest(
        Optional<Descriptor> subject, Optional<String> artifactType, Map<String, String> annotations, Manifest source)
        implements ManifestDocument {

    /** Copies the map. */
    public OpaqueManifest {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(artifactType, "artifactType");
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        Objects.requireNonNull(source, "source");
    }

    @Override
    public String mediaType() {
        return source.mediaType();
    }

    /** Returns the subject, if there is one: what else the manifest names is not known. */
    @Override
    public List<ManifestReference> references() {
        return subject.map(ManifestReference::subject).stream().toList();
    }

    @Override
    public Manifest toManifest() {
        return source;
    }
}
