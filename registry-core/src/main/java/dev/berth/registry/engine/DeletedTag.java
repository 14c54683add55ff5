package dev.berth.registry.engine;

import dev.berth.registry.Tag;
import java.time.Instant;
import java.util.Objects;

/**
 * A tag in the {@link Trash}.
 *
 * @param tag the tag
 * @param deletedAt when it was deleted, by the clock of the process that did it
 * @since 0.1
 */
public record DeletedTag(Tag tag, Instant deletedAt) {

    /** Checks that nothing is missing. */
    public DeletedTag {
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(deletedAt, "deletedAt");
    }
}
