package dev.berth.registry.manifest;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A step of the build of an image (OCI image specification, "Image Configuration", {@code history}). Immutable.
 *
 * @param created when the step was run
 * @param createdBy the command
 * @param author the author
 * @param comment a comment
 * @param emptyLayer whether the step added no layer
 * @since 0.1
 */
public record HistoryEntry(
        Optional<Instant> created,
        Optional<String> createdBy,
        Optional<String> author,
        Optional<String> comment,
        boolean emptyLayer) {

    /** Checks that the optionals themselves are there. */
    public HistoryEntry {
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(createdBy, "createdBy");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(comment, "comment");
    }

    /** Returns the entry of a layer that this command made. */
    public static HistoryEntry of(String createdBy) {
        return new HistoryEntry(Optional.empty(), Optional.of(createdBy), Optional.empty(), Optional.empty(), false);
    }

    /** Returns the entry of a step that made no layer, such as a change of the configuration. */
    public static HistoryEntry ofEmptyLayer(String createdBy) {
        return new HistoryEntry(Optional.empty(), Optional.of(createdBy), Optional.empty(), Optional.empty(), true);
    }
}
