package dev.berth.registry.scan.difference;

import dev.berth.registry.scan.inventory.ImagePackage;
import java.util.Objects;

/**
 * A package that two images have in different versions. Immutable.
 *
 * @param before that of the first image
 * @param after that of the second image
 * @param direction which of the versions is the newer one
 * @since 0.1
 */
public record ChangedPackage(ImagePackage before, ImagePackage after, Direction direction) {

    /** Which of two versions is newer, in the order of their ecosystem. */
    public enum Direction {
        /** The second image has the newer version. */
        UPGRADED,
        /** The first image has the newer version. */
        DOWNGRADED,
        /** They are written differently, and nobody can say which is newer. */
        CHANGED
    }

    /** Checks that the parts are there. */
    public ChangedPackage {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(direction, "direction");
    }
}
