package dev.berth.registry.scan.inventory;

import dev.berth.registry.image.files.FileEntry;
import dev.berth.registry.scan.format.source.Findings;
import dev.berth.registry.scan.format.source.ScanStoppedException;
import java.util.Map;
import java.util.TreeMap;

/** Collects the paths of a layer, its links, and what it removes. For one thread. */
final class LayerPathsSeen {
    private static final String WHITEOUT = ".wh.";

    /** Bounds the memory of links and whiteouts: in characters. */
    private static final long MOST_CHARS = 8L * 1024 * 1024;

    private final LayerInventory.Builder inventory;
    private final Findings findings;
    private final PathSet.Builder files = new PathSet.Builder();
    private final PathSet.Builder directories = new PathSet.Builder();
    private final Map<String, String> hardLinks = new TreeMap<>();
    private final Map<String, String> symbolicLinks = new TreeMap<>();
    private final Map<String, String> linksWithin = new TreeMap<>();
    private long chars;

    LayerPathsSeen(LayerInventory.Builder inventory, Findings findings) {
        this.inventory = inventory;
        this.findings = findings;
    }

    static boolean isWhiteout(FileEntry entry) {
        return entry.name().startsWith(WHITEOUT);
    }

    void add(FileEntry entry) throws ScanStoppedException {
        String path = entry.path();
        if (entry.isOpaque()) {
            count(path);
            inventory.opaque.add(entry.parent());
        } else if (entry.removes().isPresent()) {
            whiteout(entry);
        } else if (!path.isEmpty()) {
            if (entry.type() == FileEntry.Type.DIRECTORY) {
                directories.add(path);
            } else {
                files.add(path);
            }
            forget(path);
            switch (entry.type()) {
                case SYMLINK -> symbolicLinks.put(path, linkTarget(entry));
                case HARD_LINK -> hardLinks.put(path, linkTarget(entry));
                default -> {}
            }
        }
    }

    /** The last of several entries for the same path counts. */
    private void forget(String path) {
        inventory.evidence.remove(path);
        symbolicLinks.remove(path);
        hardLinks.remove(path);
    }

    private String linkTarget(FileEntry entry) throws ScanStoppedException {
        String target = entry.linkTarget().orElse("");
        count(entry.path() + target);
        return target;
    }

    private void whiteout(FileEntry entry) throws ScanStoppedException {
        String name = entry.name().substring(WHITEOUT.length());
        // ".." would be the directory above: no file has such a name.
        if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
            count(entry.path());
            inventory.removed.add(entry.removes().orElseThrow());
        }
    }

    private void count(String text) throws ScanStoppedException {
        chars += text.length();
        if (chars > MOST_CHARS) {
            throw findings.stopped("Its links and whiteouts have more than " + MOST_CHARS + " characters");
        }
    }

    /** Sorts links by whether they lead to files of this layer, which is known at its end only. */
    void end() {
        inventory.files = files.build();
        inventory.directories = directories.build();
        symbolicLinks.forEach((path, target) -> {
            // Nobody looks for anything below a file.
            if (!inventory.files.contains(Paths.resolve(Paths.parent(path), target))) {
                inventory.symbolicLinks.put(path, target);
            }
        });
        hardLinks.forEach((path, target) -> {
            if (inventory.files.contains(target)) {
                linksWithin.put(path, target);
            } else {
                inventory.hardLinks.put(path, target);
            }
        });
    }

    /** Returns the other names of files of this layer. */
    Map<String, String> linksWithin() {
        return linksWithin;
    }
}
