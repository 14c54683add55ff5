package dev.berth.registry.scan.service;

import dev.berth.registry.Tag;
import java.util.Objects;

/**
 * What is known of the image that a tag names. Immutable.
 *
 * @param tag the tag
 * @param image the image that it named when that was looked up
 * @since 0.1
 */
public record TagVerdict(Tag tag, ImageVerdict image) {

    /** Checks that both are there. */
    public TagVerdict {
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(image, "image");
    }
}
