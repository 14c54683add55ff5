package dev.berth.registry.console.content;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is in a layer: its entries by directory. Immutable and thread-safe. It is kept as bytes, of which one directory at a time
 * is read, some fifty bytes for each entry.
 */
public final class LayerIndex {
    private final byte[] bytes;
    private final Map<String, Integer> directories;
    private final Totals totals;

    /**
     * What is known of the whole.
     *
     * @param entries how many entries there are
     * @param bytes the sum of the sizes of its files
     * @param problem why it was not read to its end; empty if it was
     */
    public record Totals(long entries, long bytes, String problem) {}

    LayerIndex(byte[] bytes, Map<String, Integer> directories, Totals totals) {
        this.bytes = bytes;
        this.directories = Map.copyOf(directories);
        this.totals = totals;
    }

    /** Returns what is known of the whole. */
    public Totals totals() {
        return totals;
    }

    /** Returns a directory and what is in it, in the order of the names; empty if there is no such directory. */
    public Optional<Directory> directory(String path) {
        return Optional.ofNullable(directories.get(path)).map(offset -> LayerIndexBytes.directory(bytes, offset));
    }

    /** Returns an entry. */
    public Optional<LayerEntry> find(String path) {
        if (path.isEmpty()) {
            return Optional.of(LayerEntry.impliedDirectory(""));
        }
        return directory(LayerEntry.parentOf(path)).flatMap(parent -> parent.entries().stream()
                .filter(entry -> entry.path().equals(path))
                .findFirst());
    }

    /**
     * A directory.
     *
     * @param path its path; empty for the root
     * @param opaque whether the layer hides what the layers below have in it
     * @param entries what is in it
     */
    public record Directory(String path, boolean opaque, List<LayerEntry> entries) {
        /** Copies the list. */
        public Directory {
            entries = List.copyOf(entries);
        }
    }

    /** Returns what can be kept. It must not be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns about how much memory it takes. */
    long weight() {
        long names = directories.keySet().stream().mapToLong(String::length).sum();
        return bytes.length + 2 * names + 120L * directories.size();
    }
}
