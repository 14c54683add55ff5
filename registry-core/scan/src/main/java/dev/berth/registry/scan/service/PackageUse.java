package dev.berth.registry.scan.service;

import dev.berth.registry.scan.found.FoundPackage;
import java.util.List;
import java.util.Objects;

/**
 * An image that has a package. Immutable.
 *
 * @param image the image, for one platform
 * @param packages what fits, without its path; several if the image has several versions
 * @since 0.1
 */
public record PackageUse(ImageKey image, List<FoundPackage> packages) {

    /** Copies the list. */
    public PackageUse {
        Objects.requireNonNull(image, "image");
        packages = List.copyOf(packages);
    }
}
