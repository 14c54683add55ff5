package dev.berth.registry.console.catalog;

import dev.berth.registry.Digest;
import java.time.Instant;
import java.util.Map;

/**
 * What is known of the safety of the images of a repository. Immutable.
 *
 * @param images by the digests that tags name
 * @param looked when all of it was looked at last
 */
record SafetyRecord(Map<Digest, ImageSafety> images, Instant looked) {
    static final SafetyRecord NONE = new SafetyRecord(Map.of(), Instant.EPOCH);

    SafetyRecord {
        images = Map.copyOf(images);
    }
}
