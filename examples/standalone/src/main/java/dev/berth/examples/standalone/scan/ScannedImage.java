package dev.berth.examples.standalone.scan;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Platform;
import dev.berth.registry.scan.accepted.JudgedReport;
import dev.berth.registry.scan.inventory.ImageInventory;
import java.util.List;
import java.util.Optional;

/**
 * An image for one platform, and what was found in it.
 *
 * @param name how the user calls it
 * @param digest the digest of its manifest
 * @param platform what it is for
 * @param layers its layers, the lowest first
 * @param inventory what is in it
 * @param report what is known against it, and what of that is accepted; empty if only the packages were asked for
 */
record ScannedImage(
        String name,
        Digest digest,
        Optional<Platform> platform,
        List<Descriptor> layers,
        ImageInventory inventory,
        Optional<JudgedReport> report) {

    /** Copies the list. */
    ScannedImage {
        layers = List.copyOf(layers);
    }
}
