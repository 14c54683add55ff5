package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Repository;
import java.util.Optional;

/** Whether a repository has all manifests of an image, with what refers to them. Their blobs are not looked up. */
record Completeness(Repository target) {

    boolean has(ContentGraph graph) {
        return graph.nodes().stream()
                        .allMatch(node -> target.manifests()
                                .find(node.descriptor().digest())
                                .isPresent())
                && graph.signatures().entrySet().stream()
                        .allMatch(tag -> target.tags()
                                .resolve(tag.getKey())
                                .map(Descriptor::digest)
                                .equals(Optional.of(tag.getValue())));
    }
}
