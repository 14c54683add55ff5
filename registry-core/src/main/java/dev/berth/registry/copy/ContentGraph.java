package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that a copy consists of.
 *
 * @param manifests the manifests by digest
 * @param blobs what they refer to by digest
 * @param signatures the tags under which cosign finds some of the manifests
 */
record ContentGraph(Map<Digest, Node> manifests, Map<Digest, NeededBlob> blobs, Map<Tag, Digest> signatures) {

    /** Takes views. */
    ContentGraph {
        manifests = Collections.unmodifiableMap(manifests);
        blobs = Collections.unmodifiableMap(blobs);
        signatures = Collections.unmodifiableMap(signatures);
    }

    /**
     * A manifest.
     *
     * @param descriptor its media type, digest and size
     * @param manifest the manifest, unless there were too many to keep them all in memory
     * @param before the manifests that it refers to: children of an index, and the subject
     */
    record Node(Descriptor descriptor, Optional<Manifest> manifest, Set<Digest> before) {}

    /** Returns the blobs, the largest first, so that none of the long ones begins last. */
    List<NeededBlob> blobsBySize() {
        return blobs.values().stream()
                .sorted(Comparator.comparingLong(NeededBlob::size).reversed())
                .toList();
    }

    long blobBytes() {
        return blobs.values().stream().mapToLong(NeededBlob::size).sum();
    }

    /**
     * Returns the manifests in waves: each refers only to manifests of earlier waves, so that all of a wave may be pushed
     * at the same time.
     */
    List<List<Node>> waves() {
        List<List<Node>> waves = new ArrayList<>();
        Map<Digest, Node> left = new LinkedHashMap<>(manifests);
        while (!left.isEmpty()) {
            List<Node> wave = left.values().stream()
                    .filter(node -> Collections.disjoint(node.before(), left.keySet()))
                    .toList();
            if (wave.isEmpty()) {
                throw new IllegalStateException("Manifests cannot refer to each other in a circle: "
                        + left.keySet().stream().map(Digest::toString).collect(Collectors.joining(", ")));
            }
            wave.forEach(node -> left.remove(node.descriptor().digest()));
            waves.add(wave);
        }
        return waves;
    }

    /** Returns the tags under which cosign finds a manifest. */
    List<Tag> tagsOf(Digest manifest) {
        return signatures.entrySet().stream()
                .filter(tag -> tag.getValue().equals(manifest))
                .map(Map.Entry::getKey)
                .toList();
    }

    Collection<Node> nodes() {
        return manifests.values();
    }
}
