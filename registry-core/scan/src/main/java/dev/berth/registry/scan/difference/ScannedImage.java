package dev.berth.registry.scan.difference;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.report.ScanReport;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of an image that is compared. Immutable.
 *
 * @param image the digest of its manifest
 * @param layers its layers, the lowest first
 * @param inventory its packages
 * @param report what is known against it; empty if it was not scanned
 * @since 0.1
 */
public record ScannedImage(
        Digest image, List<Descriptor> layers, ImageInventory inventory, Optional<ScanReport> report) {

    /** Copies the list. */
    public ScannedImage {
        Objects.requireNonNull(image, "image");
        layers = List.copyOf(layers);
        Objects.requireNonNull(inventory, "inventory");
        Objects.requireNonNull(report, "report");
    }
}
