package dev.berth.registry.manifest;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a registry has to know of a manifest to store it: {@link ManifestDocument#outline}. Immutable.
 *
 * @param source the manifest itself
 * @param subject the manifest that this one refers to
 * @param references what the manifest names
 * @param artifactType the artifact type for a listing of referrers
 */
record StoredDocument(
        Manifest source,
        Optional<Descriptor> subject,
        List<ManifestReference> references,
        Optional<String> artifactType)
        implements ManifestDocument {

    /** Copies the list. */
    StoredDocument {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(subject, "subject");
        references = List.copyOf(references);
        Objects.requireNonNull(artifactType, "artifactType");
    }

    @Override
    public String mediaType() {
        return source.mediaType();
    }

    /** Reads the manifest once more, since hardly any manifest is stored for its annotations. */
    @Override
    public Map<String, String> annotations() {
        return ManifestParser.parse(source).annotations();
    }

    @Override
    public Manifest toManifest() {
        return source;
    }
}
