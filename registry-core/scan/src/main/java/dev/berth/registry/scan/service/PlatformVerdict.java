package dev.berth.registry.scan.service;

import dev.berth.registry.Digest;
import dev.berth.registry.Platform;
import dev.berth.registry.scan.report.Verdict;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of an image for one platform. Immutable.
 *
 * @param platform the platform, as the index says; empty of an image that is in no index, or has none there
 * @param image the digest of its manifest
 * @param verdict what is known
 * @since 0.1
 */
public record PlatformVerdict(Optional<Platform> platform, Digest image, Verdict verdict) {

    /** Checks that the parts are there. */
    public PlatformVerdict {
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(verdict, "verdict");
    }
}
