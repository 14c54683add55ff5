package dev.berth.registry.scan.inventory;

import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.scan.found.InventoryLimits;
import java.util.Objects;

/**
 * Where it is known from what is in an image: from its layers, or from what somebody has written of it. Implementations are
 * thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface InventorySource {

    /**
     * Returns what is in an image.
     *
     * @param repository the repository that has it
     * @param image the manifest of an image for one platform
     * @throws RegistryException with {@code UNSUPPORTED} if it is none, with {@code MANIFEST_INVALID} if it is malformed,
     *     otherwise if the registry fails
     */
    ImageInventory read(Repository repository, Manifest image);

    /**
     * Returns this source for the images of an index. Some programs tell what is in an image in the index that lists it.
     *
     * @param index the manifest of the index
     */
    default InventorySource within(Manifest index) {
        Objects.requireNonNull(index, "index");
        return this;
    }

    /**
     * Returns the source that reads the layers.
     *
     * @param limits what a layer may cost
     * @param kept where the inventories of layers are kept, so that none is read twice
     */
    static InventorySource layers(InventoryLimits limits, LayerInventories kept) {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(kept, "kept");
        return (repository, image) ->
                InventoryReader.of(repository).limits(limits).keepIn(kept).read(image);
    }
}
