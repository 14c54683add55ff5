package dev.berth.registry.console.catalog;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.CollectionIndex;
import dev.berth.registry.storage.ObjectStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Tells which other images have a layer, from the engine's own index of references: one listing for each layer, whatever there
 * is in the registry. Thread-safe.
 */
public final class SharedLayers {
    /** Of a layer that more images have, these are the first. */
    private static final int MOST_REFERENCES = 1_000;

    private static final int MOST_LAYERS = 64;

    private final ObjectStore store;

    SharedLayers(ObjectStore store) {
        this.store = store;
    }

    /**
     * Who else has a layer.
     *
     * @param images how many other images of the same repository
     * @param repositories other repositories, in the order of their names
     * @param more whether there may be more of both
     */
    public record Sharing(int images, List<RepositoryName> repositories, boolean more) {
        /** Copies the list. */
        public Sharing {
            repositories = List.copyOf(repositories);
        }

        /** Returns whether nobody else has it, as far as the caller may see. */
        public boolean isAlone() {
            return images == 0 && repositories.isEmpty();
        }
    }

    /**
     * Returns who else has the layers of an image. There may be images among them that were deleted a while ago.
     *
     * @param image the image
     * @param visible whether the caller may see a repository: others are not counted
     * @return by the digests of the layers; of one that nobody looked for there is nothing
     * @throws dev.berth.registry.RegistryException if the store fails
     */
    public Map<Digest, Sharing> of(
            RepositoryName repository, Digest image, List<Descriptor> layers, Predicate<RepositoryName> visible) {
        Map<Digest, Sharing> all = new HashMap<>();
        Map<RepositoryName, Boolean> seen = new HashMap<>();
        for (Descriptor layer : layers) {
            if (all.size() == MOST_LAYERS) {
                break;
            }
            all.computeIfAbsent(
                    layer.digest(),
                    digest -> sharing(
                            digest, repository, image, name -> seen.computeIfAbsent(name, visible::test)));
        }
        return all;
    }

    private Sharing sharing(
            Digest layer, RepositoryName repository, Digest image, Predicate<RepositoryName> visible) {
        List<CollectionIndex.Reference> references = CollectionIndex.first(store, layer, MOST_REFERENCES);
        Set<Digest> images = new HashSet<>();
        Set<RepositoryName> others = new TreeSet<>();
        for (CollectionIndex.Reference reference : references) {
            if (!reference.repository().equals(repository)) {
                others.add(reference.repository());
            } else if (!reference.manifest().equals(image)) {
                images.add(reference.manifest());
            }
        }
        return new Sharing(
                images.size(),
                others.stream().filter(visible).toList(),
                references.size() == MOST_REFERENCES);
    }
}
