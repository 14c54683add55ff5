package dev.berth.registry.image.files;

import dev.berth.registry.storage.Utf8Order;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Merges the layers of an image, the lowest first, as they are unpacked one over the other (OCI image specification,
 * "Image Layer Filesystem Changeset"). For one thread.
 */
final class LayerMerge {
    /** As many links after each other as Linux follows. */
    private static final int MOST_LINKS = 40;

    /** Bounds the memory of the paths of all entries, in characters. */
    private static final long MOST_PATH_CHARS = 256L * 1024 * 1024;

    private final FileLimits limits;
    private final NavigableMap<String, MergedEntry> files = new TreeMap<>(Utf8Order::compare);
    private long entries;
    private long chars;
    private int layer;

    LayerMerge(FileLimits limits) {
        this.limits = limits;
    }

    private record Positioned(FileEntry entry, long position) {}

    void add(LayerReader reader) throws IOException {
        List<FileEntry> whiteouts = new ArrayList<>();
        List<Positioned> added = new ArrayList<>();
        long position = 0;
        for (Optional<FileEntry> next = reader.next(); next.isPresent(); next = reader.next(), position++) {
            FileEntry entry = next.get();
            count(entry);
            if (entry.isOpaque() || entry.removes().isPresent()) {
                whiteouts.add(entry);
            } else if (!entry.path().isEmpty()) {
                added.add(new Positioned(entry, position));
            }
        }
        // A whiteout is about the layers below, wherever it stands in its own.
        whiteouts.forEach(this::remove);
        added.forEach(this::put);
        layer++;
    }

    private void count(FileEntry entry) throws LayerFormatException {
        if (++entries > limits.maxEntries()) {
            throw new LayerFormatException("The layers have more than " + limits.maxEntries() + " entries");
        }
        chars += entry.path().length() + entry.linkTarget().map(String::length).orElse(0);
        if (chars > MOST_PATH_CHARS) {
            throw new LayerFormatException(
                    "The paths in the layers have more than " + MOST_PATH_CHARS + " characters together");
        }
    }

    private void remove(FileEntry whiteout) {
        String directory = followDirectories(whiteout.parent());
        if (whiteout.isOpaque()) {
            below(directory).clear();
        } else {
            String name = whiteout.name().substring(FileEntry.WHITEOUT.length());
            // ".." would be the directory above: no file has such a name.
            if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
                removeTree(LayerPaths.child(directory, name));
            }
        }
    }

    private void removeTree(String path) {
        files.remove(path);
        below(path).clear();
    }

    /** Returns a view of everything below a directory. */
    private NavigableMap<String, MergedEntry> below(String directory) {
        return directory.isEmpty() ? files : files.subMap(directory + "/", false, directory + "0", false);
    }

    private void put(Positioned positioned) {
        FileEntry entry = positioned.entry();
        String directory = followDirectories(entry.parent());
        String path = LayerPaths.child(directory, entry.name());
        clearWay(directory);
        MergedEntry now = entry.type() == FileEntry.Type.HARD_LINK
                ? linked(entry, path, positioned.position())
                : new MergedEntry(entry.withPath(path), layer, positioned.position());
        if (now.entry().type() != FileEntry.Type.DIRECTORY) {
            below(path).clear();
        }
        files.put(path, now);
    }

    /** What stands where a directory must be, is replaced by one. */
    private void clearWay(String directory) {
        for (String path = directory; !path.isEmpty(); path = LayerPaths.parent(path)) {
            MergedEntry there = files.get(path);
            if (there != null && there.entry().type() != FileEntry.Type.DIRECTORY) {
                files.remove(path);
            }
        }
    }

    /** A link to a file that is not there stays a link, without content. */
    private MergedEntry linked(FileEntry link, String path, long position) {
        String target = link.linkTarget().orElseThrow();
        String place = LayerPaths.child(
                followDirectories(LayerPaths.parent(target)), target.substring(target.lastIndexOf('/') + 1));
        MergedEntry original = files.get(place);
        return original == null || original.entry().type() == FileEntry.Type.DIRECTORY
                ? new MergedEntry(link.withPath(path), layer, position)
                : new MergedEntry(original.entry().withPath(path), original.layer(), original.position());
    }

    private String followDirectories(String path) {
        return follow(files, path).orElse(path);
    }

    /**
     * Returns the path with all symbolic links in it followed, within the root of the image. What does not exist is taken
     * as it is written.
     *
     * @return empty if links lead in a circle
     */
    static Optional<String> follow(NavigableMap<String, MergedEntry> files, String path) {
        String done = "";
        String left = path;
        int links = 0;
        while (!left.isEmpty()) {
            int slash = left.indexOf('/');
            String name = slash < 0 ? left : left.substring(0, slash);
            left = slash < 0 ? "" : left.substring(slash + 1);
            if (name.equals("..")) {
                done = LayerPaths.parent(done);
                continue;
            }
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            String next = LayerPaths.child(done, name);
            MergedEntry entry = files.get(next);
            if (entry == null || entry.entry().type() != FileEntry.Type.SYMLINK) {
                done = next;
                continue;
            }
            if (++links > MOST_LINKS) {
                return Optional.empty();
            }
            String target = entry.entry().linkTarget().orElseThrow();
            if (target.startsWith("/")) {
                done = "";
            }
            left = left.isEmpty() ? target : target + "/" + left;
        }
        return Optional.of(done);
    }

    NavigableMap<String, MergedEntry> files() {
        return files;
    }
}
