package dev.berth.registry.scan.inventory;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.found.FoundPackage;
import java.util.Objects;
import java.util.Optional;

/**
 * A package of an image. Immutable.
 *
 * @param found the package
 * @param packageUrl its package URL
 * @param ecosystem its ecosystem in the names of the OSV schema; empty if the distribution of the image has none
 * @param layer the layer that it comes from: the uppermost that has the file that names it; empty if somebody else's
 *     document names the package, and not the layer
 * @since 0.1
 */
public record ImagePackage(FoundPackage found, String packageUrl, Optional<String> ecosystem, Optional<Digest> layer) {

    /** Checks that the parts are there. */
    public ImagePackage {
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(packageUrl, "packageUrl");
        Objects.requireNonNull(ecosystem, "ecosystem");
        Objects.requireNonNull(layer, "layer");
    }
}
