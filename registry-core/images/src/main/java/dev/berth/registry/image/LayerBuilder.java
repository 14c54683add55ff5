package dev.berth.registry.image;

import dev.berth.registry.BlobSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Puts a layer together. Not thread-safe.
 *
 * <p>Paths in the image are written with slashes, with or without one at the beginning. The directories on the way to an
 * entry are not entries themselves unless they are added: unpacking makes them where the image has none yet, and leaves
 * them alone where it has.
 *
 * <p>The same content gives the same layer, in whatever order, place and time it was added: entries are sorted, belong to
 * 0:0, carry the time 1970-01-01T00:00:00Z, and have the mode 0755 if they are directories or files that their owner may
 * execute on disk, otherwise 0644. Each of these can be said to be otherwise, for the layer or for an entry.
 *
 * @since 0.1
 */
public final class LayerBuilder {
    private final LayerNode root = new LayerNode();
    private EntryDefaults defaults = EntryDefaults.reproducible();

    LayerBuilder() {}

    /**
     * Adds a file of this content. The array must not be changed afterwards.
     *
     * @throws IllegalArgumentException if the path leads out of the image, or is in the layer already
     */
    public LayerBuilder bytes(String path, byte[] content) {
        return bytes(path, content, EntryAttributes.unspecified());
    }

    /** Adds a file of this content and with these attributes. */
    public LayerBuilder bytes(String path, byte[] content, EntryAttributes attributes) {
        return content(path, BlobSource.of(content), attributes);
    }

    /**
     * Adds a file of this content, which must be as long as it says.
     *
     * @throws IllegalArgumentException if the source does not know its size, and as {@link #bytes(String, byte[])} does
     */
    public LayerBuilder content(String path, BlobSource content, EntryAttributes attributes) {
        if (content.size().isEmpty()) {
            throw new IllegalArgumentException(
                    "The content of '" + path + "' must know its size: a tar says it before the content");
        }
        root.put(fileName(path), new LayerItem.Content(content, attributes));
        return this;
    }

    /**
     * Adds a file on disk, or a symbolic link. It is read when the image is pushed, and must not be changed then.
     *
     * @throws IllegalArgumentException if there is no such file, or it is neither, and as {@link #bytes(String, byte[])}
     *     does
     */
    public LayerBuilder file(String path, Path file) {
        return file(path, file, EntryAttributes.unspecified());
    }

    /** Adds a file on disk, with these attributes. */
    public LayerBuilder file(String path, Path file, EntryAttributes attributes) {
        if (!Files.isRegularFile(file) && !Files.isSymbolicLink(file)) {
            throw new IllegalArgumentException("'" + file + "' is not a file");
        }
        root.put(fileName(path), new LayerItem.OnDisk(file, attributes));
        return this;
    }

    /**
     * Adds everything in a directory on disk, with all directories below, but not that directory itself. It is read when
     * the image is pushed, and must not be changed then. Symbolic links stay symbolic links; a file with several names
     * becomes several files.
     *
     * @throws IllegalArgumentException if there is no such directory, or the path leads out of the image
     */
    public LayerBuilder contentOf(String path, Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("'" + directory + "' is not a directory");
        }
        root.putContentOf(EntryPath.parse(path), directory);
        return this;
    }

    /** Adds a directory, for itself. */
    public LayerBuilder directory(String path) {
        return directory(path, EntryAttributes.unspecified());
    }

    /** Adds a directory, for itself, with these attributes. */
    public LayerBuilder directory(String path, EntryAttributes attributes) {
        root.put(EntryPath.parse(path), new LayerItem.Directory(Objects.requireNonNull(attributes, "attributes")));
        return this;
    }

    /**
     * Adds a symbolic link.
     *
     * @param target what the link says; absolute is from the root of the image
     * @throws IllegalArgumentException if the target is above the root of the image, and as
     *     {@link #bytes(String, byte[])} does
     */
    public LayerBuilder symlink(String path, String target) {
        List<String> segments = fileName(path);
        if (target.isEmpty() || !EntryPath.problemOf(target).isEmpty()) {
            throw new IllegalArgumentException("The link '" + path + "' has no valid target");
        }
        if (EntryPath.escapes(segments.size() - 1, target)) {
            throw new IllegalArgumentException("The link '" + path + "' leads out of the image, to '" + target + "'");
        }
        root.put(segments, new LayerItem.Symlink(target, EntryAttributes.unspecified()));
        return this;
    }

    /** Removes what the layers below have at this path, with everything in it. */
    public LayerBuilder remove(String path) {
        List<String> segments = new ArrayList<>(fileName(path));
        int last = segments.size() - 1;
        segments.set(last, EntryPath.WHITEOUT + segments.get(last));
        root.put(segments, new LayerItem.Content(BlobSource.of(new byte[0]), EntryAttributes.unspecified()));
        return this;
    }

    private static List<String> fileName(String path) {
        List<String> segments = EntryPath.parse(path);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("'" + path + "' is the root of the image: give a path below it");
        }
        for (String segment : segments) {
            if (segment.startsWith(EntryPath.WHITEOUT)) {
                throw new IllegalArgumentException("'" + path + "' has a name that begins with '" + EntryPath.WHITEOUT
                        + "', which means that something is removed; to remove something say so");
            }
        }
        return segments;
    }

    /** Lets everything belong to this user and group unless an entry says otherwise. By default 0 and 0. */
    public LayerBuilder owner(int userId, int groupId) {
        defaults = defaults.withOwner(userId, groupId);
        return this;
    }

    /** Gives everything this time unless an entry says otherwise. By default the beginning of 1970. */
    public LayerBuilder time(Instant time) {
        defaults = defaults.withTime(time);
        return this;
    }

    /** Lets what is on disk keep its permissions. They depend on the machine: so does the digest then. */
    public LayerBuilder keepModes() {
        defaults = defaults.keepingModes();
        return this;
    }

    /** Lets what is on disk keep the numbers of its owner and group. */
    public LayerBuilder keepOwners() {
        defaults = defaults.keepingOwners();
        return this;
    }

    /** Lets what is on disk keep its times, to the second. */
    public LayerBuilder keepTimes() {
        defaults = defaults.keepingTimes();
        return this;
    }

    /** Returns the layer. This builder can go on. */
    public Layer build() {
        return Layer.ofTree(root.copy(), defaults);
    }
}
