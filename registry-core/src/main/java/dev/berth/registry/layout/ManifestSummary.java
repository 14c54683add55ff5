package dev.berth.registry.layout;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a layout remembers of a manifest in it.
 *
 * @param children the manifests that an index lists
 * @param subject the manifest that it refers to
 * @param artifactType the artifact type for the list of referrers
 * @param annotations the annotations for the list of referrers
 */
record ManifestSummary(
        List<Descriptor> children,
        Optional<Digest> subject,
        Optional<String> artifactType,
        Map<String, String> annotations) {

    /** The summary of a manifest that is absent or malformed. */
    static final ManifestSummary EMPTY = new ManifestSummary(List.of(), Optional.empty(), Optional.empty(), Map.of());

    static ManifestSummary of(Manifest manifest) {
        try {
            ManifestDocument document = ManifestDocument.parse(manifest);
            return new ManifestSummary(
                    document.references().stream()
                            .filter(reference -> reference.role() == ManifestReference.Role.MANIFEST)
                            .map(ManifestReference::descriptor)
                            .filter(ManifestSummary::mayBeManifest)
                            .toList(),
                    document.subject().map(Descriptor::digest),
                    document.artifactType(),
                    document.annotations());
        } catch (RegistryException e) {
            // Another program has written it. A reader still gets its bytes.
            return EMPTY;
        }
    }

    /** Some builders list blobs of their caches in an index, which are not JSON. */
    private static boolean mayBeManifest(Descriptor child) {
        return ManifestDocument.isKnown(child.mediaType()) || child.mediaType().endsWith("+json");
    }
}
