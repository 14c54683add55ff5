package dev.berth.registry.scan.inventory;

import dev.berth.registry.Digest;
import java.util.Optional;

/**
 * Where inventories of layers are kept, so that a layer that several images share is read once. Implementations are
 * thread-safe.
 *
 * @since 0.1
 */
public interface LayerInventories {

    /** Returns the inventory of a layer, if it is here. */
    Optional<LayerInventory> find(Digest layer);

    /** Keeps an inventory, if there is room. */
    void keep(LayerInventory inventory);

    /** Returns one that keeps nothing. */
    static LayerInventories none() {
        return new LayerInventories() {
            @Override
            public Optional<LayerInventory> find(Digest layer) {
                return Optional.empty();
            }

            @Override
            public void keep(LayerInventory inventory) {}
        };
    }
}
