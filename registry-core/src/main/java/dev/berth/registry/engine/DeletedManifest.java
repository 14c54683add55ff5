package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A manifest in the {@link Trash}: one that was deleted, or one that is still there and of which tags were deleted.
 *
 * @param manifest digest, size in bytes and media type
 * @param deletedAt when the manifest was deleted, by the clock of the process that did it; empty if it is still there
 * @param tags the tags that were deleted when they named it, in their order, with it or by themselves: the first 1,000
 * @param furtherTags how many there are beyond these
 * @since 0.1
 */
public record DeletedManifest(
        Descriptor manifest, Optional<Instant> deletedAt, List<DeletedTag> tags, long furtherTags) {

    /** Copies the tags. */
    public DeletedManifest {
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(deletedAt, "deletedAt");
        tags = List.copyOf(tags);
    }
}
