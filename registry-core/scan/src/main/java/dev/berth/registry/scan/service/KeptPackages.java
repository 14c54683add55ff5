package dev.berth.registry.scan.service;

import dev.berth.registry.Descriptor;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.LayerInventories;
import dev.berth.registry.scan.inventory.LayerInventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is in images by the inventories of their layers that were kept. Reads no layer. Thread-safe. */
record KeptPackages(LayerInventories kept) {

    /** Returns what is in an image of these layers; empty unless all are known. */
    Optional<ImageInventory> of(List<Descriptor> layers) {
        List<LayerInventory> found = new ArrayList<>();
        for (Descriptor layer : layers) {
            Optional<LayerInventory> inventory = kept.find(layer.digest());
            if (inventory.isEmpty()) {
                return Optional.empty();
            }
            found.add(inventory.get());
        }
        return Optional.of(ImageInventory.merge(found));
    }
}
