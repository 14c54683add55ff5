package dev.berth.registry.scan.service;

import dev.berth.registry.Digest;
import dev.berth.registry.internal.store.DerivedObjects;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.scan.inventory.LayerInventories;
import dev.berth.registry.scan.inventory.LayerInventory;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the inventories of layers in an object store, below {@code _berth/scan/inventories/}, compressed, by the digests of the
 * layers: what several images share is read once, and a rescan reads no layer. Thread-safe; any number of processes may share
 * the store.
 *
 * <p>It keeps to a number of bytes: {@link #sweep} removes what was written first, until there is room. Between two sweeps a
 * process adds nothing to a store that is full as far as it knows. A store that fails costs time only: then the layer is read.
 *
 * @since 0.1
 */
public final class StoredInventories implements LayerInventories {
    private static final Logger LOG = LoggerFactory.getLogger(StoredInventories.class);
    private static final KeyPrefix INVENTORIES = KeyPrefix.of(Keys.SCANS + "inventories/");

    private final DerivedObjects objects;

    private StoredInventories(DerivedObjects objects) {
        this.objects = objects;
    }

    /**
     * Returns what keeps inventories in a store, which may be that of the registry, and is not closed.
     *
     * @param maxBytes how many bytes are kept at most, about
     * @throws IllegalArgumentException if that is negative
     */
    public static StoredInventories in(ObjectStore store, long maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("A number of bytes cannot be negative: " + maxBytes);
        }
        return new StoredInventories(new DerivedObjects(Objects.requireNonNull(store, "store"), INVENTORIES, maxBytes));
    }

    @Override
    public Optional<LayerInventory> find(Digest layer) {
        try {
            return objects.find(Keys.segments(layer))
                    .flatMap(LayerInventory::parse)
                    .filter(inventory -> inventory.layer().equals(layer));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("The inventory of the layer {} cannot be read; the layer is read again", layer, e);
            return Optional.empty();
        }
    }

    @Override
    public void keep(LayerInventory inventory) {
        try {
            objects.keep(Keys.segments(inventory.layer()), inventory.toJson());
        } catch (IOException e) {
            LOG.warn("The inventory of the layer {} was not kept", inventory.layer(), e);
        }
    }

    /**
     * Removes the oldest inventories until the rest leaves a tenth of the room free. Looks at each of them.
     *
     * @throws dev.berth.registry.RegistryException if the store fails
     */
    public void sweep() {
        StoreCalls.act("keep inventories of layers within their room", objects::sweep);
    }
}
