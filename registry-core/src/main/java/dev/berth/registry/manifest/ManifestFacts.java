package dev.berth.registry.manifest;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a layout needs to know of a manifest in it.
 *
 * @param children the manifests that an index lists
 * @param subject what it refers to
 * @param artifactType for the listing of referrers
 * @param annotations for the listing of referrers
 */
public record ManifestFacts(
        List<Descriptor> children,
        Optional<Digest> subject,
        Optional<String> artifactType,
        Map<String, String> annotations) {

    /** What is known of something that is not there, or not what it should be. */
    public static final ManifestFacts NONE = new ManifestFacts(List.of(), Optional.empty(), Optional.empty(), Map.of());

    public static ManifestFacts of(Manifest manifest) {
        try {
            ManifestDocument document = ManifestDocument.parse(manifest);
            return new ManifestFacts(
                    document instanceof ImageIndex index
                            ? index.manifests().stream()
                                    .filter(ManifestFacts::mayBeManifest)
                                    .toList()
                            : List.of(),
                    document.subject().map(Descriptor::digest),
                    document.artifactType(),
                    document.annotations());
        } catch (RegistryException e) {
            // Some other program put it there. Who reads it gets the bytes as they are.
            return NONE;
        }
    }

    /** Some builders list blobs of their caches in an index, which are not JSON. */
    private static boolean mayBeManifest(Descriptor child) {
        return ManifestDocument.isKnown(child.mediaType()) || child.mediaType().endsWith("+json");
    }
}
