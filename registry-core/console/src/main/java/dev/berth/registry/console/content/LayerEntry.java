package dev.berth.registry.console.content;

import java.time.Instant;
import java.util.Objects;

/**
 * Something in a layer. Immutable. Its texts come from whoever made the layer.
 *
 * @param path from the root of the image, without a slash at either end; empty for the root
 * @param kind what it is
 * @param size the bytes of a file; 0 for everything else
 * @param mode the permissions, as in {@code chmod}
 * @param userId the owner
 * @param groupId the group of the owner
 * @param modified when it was last modified
 * @param target where a link leads, as it is written; empty for everything else
 * @param number which entry of the layer it is, from 0; negative for a directory that only the paths of others tell of
 */
public record LayerEntry(
        String path,
        Kind kind,
        long size,
        int mode,
        long userId,
        long groupId,
        Instant modified,
        String target,
        long number) {
    static final long IMPLIED = -1;

    /** What it is. The order is that of what is kept. */
    public enum Kind {
        /** A regular file. */
        FILE,
        /** A directory. */
        DIRECTORY,
        /** A symbolic link. */
        SYMLINK,
        /** Another name of a file. */
        HARD_LINK,
        /** A device, a pipe, or something else without content. */
        SPECIAL,
        /** It removes what the layers below have there. */
        REMOVED
    }

    /** Checks that the parts are there. */
    public LayerEntry {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(modified, "modified");
        Objects.requireNonNull(target, "target");
    }

    static LayerEntry impliedDirectory(String path) {
        return new LayerEntry(path, Kind.DIRECTORY, 0, 0, 0, 0, Instant.EPOCH, "", IMPLIED);
    }

    /** Returns whether the layer does not have it itself, but something below it. */
    public boolean isImplied() {
        return number < 0;
    }

    /** Returns the last segment of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the path of the directory; empty for the root. */
    public String parent() {
        return parentOf(path);
    }

    static String parentOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
