package dev.berth.registry;

import java.util.List;

/**
 * What deleting a manifest did.
 *
 * @param deleted whether the repository had the manifest
 * @param tags the tags that pointed at it and went with it
 * @since 0.1
 */
public record DeleteResult(boolean deleted, List<Tag> tags) {

    /** Copies the list. */
    public DeleteResult {
        tags = List.copyOf(tags);
    }
}
