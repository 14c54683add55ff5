package dev.berth.registry.scan.service;

import dev.berth.registry.Digest;
import dev.berth.registry.Platform;
import dev.berth.registry.scan.difference.ImageDifference;
import java.util.Objects;
import java.util.Optional;

/**
 * What differs between two images for the same platform. Immutable.
 *
 * @param platform the platform; empty if one of the images is in no index
 * @param older the digest of the older image
 * @param newer the digest of the newer image
 * @param packagesKnown whether it is known what is in both: otherwise layers and findings are compared only
 * @param difference what differs
 * @since 0.1
 */
public record PlatformDifference(
        Optional<Platform> platform, Digest older, Digest newer, boolean packagesKnown, ImageDifference difference) {

    /** Checks that the parts are there. */
    public PlatformDifference {
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(older, "older");
        Objects.requireNonNull(newer, "newer");
        Objects.requireNonNull(difference, "difference");
    }
}
