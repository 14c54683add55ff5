package dev.berth.registry.mirror;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A manifest that the mirror has brought.
 *
 * @param size of the manifest, in bytes
 * @param needs the blobs and manifests that it names, with their sizes
 * @param follows what it belongs to beside the manifests that name it: its subject
 */
record CachedImage(ImageId id, long size, Map<Digest, Long> needs, Optional<Digest> follows) {
    CachedImage {
        needs = Map.copyOf(needs);
    }

    static CachedImage of(
            RepositoryName repository, Manifest manifest, ManifestDocument document, Optional<Digest> follows) {
        Map<Digest, Long> needs = new LinkedHashMap<>();
        for (ManifestReference reference : document.references()) {
            if (reference.isContent()) {
                needs.put(reference.digest(), reference.descriptor().size());
            }
        }
        return new CachedImage(
                new ImageId(repository, manifest.digest()),
                manifest.size(),
                needs,
                document.subject().map(Descriptor::digest).or(() -> follows));
    }

    RepositoryName repository() {
        return id.repository();
    }

    /** Returns how many bytes the manifest and what it names have. */
    long total() {
        return size + needs.values().stream().mapToLong(Long::longValue).sum();
    }

    Set<Digest> neededDigests() {
        return needs.keySet();
    }
}
