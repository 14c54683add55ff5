package dev.berth.registry.console.content;

import dev.berth.registry.console.content.LayerEntry.Kind;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts the entries of a layer in the order of their directories. Of several for one path the last counts. For one layer. */
final class LayerIndexBuilder {
    private final TreeMap<String, TreeMap<String, LayerEntry>> directories = new TreeMap<>();
    private final Set<String> opaque = new HashSet<>();
    private final long mostCharacters;
    private long characters;
    private long entries;
    private long bytes;

    /** @param mostCharacters how many characters the paths may have in sum, those of directories on the way included */
    LayerIndexBuilder(long mostCharacters) {
        this.mostCharacters = mostCharacters;
        directories.put("", new TreeMap<>());
    }

    /** Returns whether there is room for more. */
    boolean hasRoom() {
        return characters < mostCharacters;
    }

    void add(LayerEntry entry) {
        entries++;
        bytes += entry.size();
        if (entry.path().isEmpty()) {
            return;
        }
        put(entry);
        if (entry.kind() == Kind.DIRECTORY) {
            directory(entry.path());
        }
        imply(entry.parent());
    }

    /** The layer hides what the layers below have in a directory. */
    void addOpaque(String directory) {
        entries++;
        opaque.add(directory);
        directory(directory);
        imply(directory);
    }

    private void put(LayerEntry entry) {
        characters += entry.path().length() + entry.target().length();
        directory(entry.parent()).put(entry.name(), entry);
    }

    private Map<String, LayerEntry> directory(String path) {
        return directories.computeIfAbsent(path, created -> {
            characters += created.length();
            return new TreeMap<>();
        });
    }

    /** What lies on the way is a directory, whatever the layer says of it elsewhere. */
    private void imply(String path) {
        String directory = path;
        while (!directory.isEmpty()) {
            Map<String, LayerEntry> siblings = directory(LayerEntry.parentOf(directory));
            String name = directory.substring(directory.lastIndexOf('/') + 1);
            if (siblings.containsKey(name)) {
                return;
            }
            characters += directory.length();
            siblings.put(name, LayerEntry.impliedDirectory(directory));
            directory(directory);
            directory = LayerEntry.parentOf(directory);
        }
    }

    /** @param problem why the layer was not read to its end; empty if it was */
    LayerIndex build(String problem) {
        return LayerIndexBytes.write(this, new LayerIndex.Totals(entries, bytes, problem));
    }

    Set<String> directories() {
        return directories.keySet();
    }

    boolean isOpaque(String directory) {
        return opaque.contains(directory);
    }

    Collection<LayerEntry> entries(String directory) {
        return directories.get(directory).values();
    }
}
