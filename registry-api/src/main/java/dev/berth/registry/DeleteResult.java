package dev.berth.registry;

import java.util.List;

/**
 * The result of deleting a manifest.
 *
 * @param deleted whether the repository had the manifest
 * @param tags the tags that pointed to it and were deleted with it
 * @since 0.1
 */
public record DeleteResult(boolean deleted, List<Tag> tags) {

    /** Copies the list. */
    public DeleteResult {
        tags = List.copyOf(tags);
    }
}
