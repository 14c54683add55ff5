package dev.berth.registry.image.files;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A file, directory or link of a layer or image. Immutable.
 *
 * @param path the path from the root of the image, without a slash at either end: {@code usr/bin/env}. Without {@code .}
 *     and {@code ..}, but otherwise as the author of the image wrote it: not to be used as a path on disk unchecked
 * @param type what it is
 * @param size the number of bytes of a file; 0 for everything else
 * @param mode the permissions, as in {@code chmod}: the lowest twelve bits
 * @param userId the owner
 * @param groupId the group of the owner
 * @param modified when it was last modified
 * @param linkTarget the target of a symbolic link as it is written, of a hard link as a path from the root
 * @since 0.1
 */
public record FileEntry(
        String path,
        Type type,
        long size,
        int mode,
        long userId,
        long groupId,
        Instant modified,
        Optional<String> linkTarget) {

    /** What an entry is. More types may be added. */
    public enum Type {
        /** A regular file. */
        FILE,
        /** A directory. */
        DIRECTORY,
        /** A symbolic link. */
        SYMLINK,
        /** Another name of a file in the same layer or in one below; only in layers. In an image it is a {@link #FILE}. */
        HARD_LINK,
        /** A device, a pipe, or another type without content. */
        SPECIAL
    }

    static final String WHITEOUT = ".wh.";
    static final String OPAQUE = ".wh..wh..opq";

    /** Checks that the parts are there. */
    public FileEntry {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(modified, "modified");
        Objects.requireNonNull(linkTarget, "linkTarget");
    }

    /** Returns the last segment of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the path of the directory; empty for the root. */
    public String parent() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /**
     * Returns the path that this entry of a layer removes from the layers below, if it is a whiteout (OCI image
     * specification, "Whiteouts").
     */
    public Optional<String> removes() {
        String name = name();
        return name.startsWith(WHITEOUT) && !isOpaque()
                ? Optional.of(path.substring(0, path.length() - name.length()) + name.substring(WHITEOUT.length()))
                : Optional.empty();
    }

    /** Returns whether this entry of a layer hides what the layers below have in its directory. */
    public boolean isOpaque() {
        return name().equals(OPAQUE);
    }

    FileEntry withPath(String newPath) {
        return new FileEntry(newPath, type, size, mode, userId, groupId, modified, linkTarget);
    }
}
