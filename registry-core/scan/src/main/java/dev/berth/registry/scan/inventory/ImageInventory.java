package dev.berth.registry.scan.inventory;

import dev.berth.registry.scan.found.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is in an image: the packages that are left when its layers lie above each other. Immutable.
 *
 * @param distribution what the image is made of; empty if it does not say
 * @param packages the packages, in the order of their types, names and versions
 * @param reasons why it is not complete: sentences for people; empty if it is
 * @since 0.1
 */
public record ImageInventory(Optional<Distribution> distribution, List<ImagePackage> packages, List<String> reasons) {

    /** Copies the lists. */
    public ImageInventory {
        Objects.requireNonNull(distribution, "distribution");
        packages = List.copyOf(packages);
        reasons = List.copyOf(reasons);
    }

    /**
     * Merges the inventories of the layers of an image.
     *
     * @param layers the lowest first
     */
    public static ImageInventory merge(List<LayerInventory> layers) {
        InventoryMerge merge = new InventoryMerge();
        layers.forEach(merge::add);
        return merge.result();
    }

    /** Returns whether everything in the image was read. */
    public boolean isComplete() {
        return reasons.isEmpty();
    }

    ImageInventory withReasons(List<String> more) {
        List<String> all = new ArrayList<>(more);
        all.addAll(reasons);
        return new ImageInventory(distribution, packages, all);
    }
}
