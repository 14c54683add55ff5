package dev.berth.registry.image;

import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.storage.Utf8Order;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a layer, parents before what is in them and siblings in the order of the bytes of their names, and lists
 * directories on disk on the way. Holds the names of the directories that it is in, and no more.
 */
final class LayerWalk {

    /**
     * Something in the layer.
     *
     * @param name the path from the root of the image, without a slash at either end
     * @param depth the number of directories that it is in
     * @param facts what the file system says of it; null if it is not on disk
     */
    record Entry(
            String name,
            int depth,
            LayerItem item,
            @Nullable FileFacts facts) {}

    private record Level(String prefix, Iterator<Map.Entry<String, LayerNode>> names) {}

    private final Deque<Level> levels = new ArrayDeque<>();
    private final LayerNode root;
    private boolean begun;

    LayerWalk(LayerNode root) {
        this.root = root;
    }

    /** Returns the next thing in the layer, or null at the end. */
    @Nullable Entry next() throws IOException {
        if (!begun) {
            begun = true;
            enter("", root);
        }
        while (!levels.isEmpty()) {
            Level level = levels.getLast();
            if (!level.names.hasNext()) {
                levels.removeLast();
                continue;
            }
            Map.Entry<String, LayerNode> next = level.names.next();
            Entry entry = visit(level.prefix + next.getKey(), next.getValue());
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    private @Nullable Entry visit(String name, LayerNode node) throws IOException {
        int depth = levels.size() - 1;
        LayerItem item = node.item();
        if (item == null) {
            enter(name + "/", node);
            return null;
        }
        FileFacts facts = null;
        if (item instanceof LayerItem.Directory) {
            enter(name + "/", node);
        } else if (item instanceof LayerItem.OnDisk onDisk) {
            facts = readFacts(onDisk.path());
            if (facts.kind() == FileFacts.Kind.DIRECTORY) {
                enter(name + "/", node);
            }
        }
        return new Entry(name, depth, item, facts);
    }

    private void enter(String prefix, LayerNode node) throws IOException {
        SortedMap<String, LayerNode> names = node.children();
        if (!node.contentOf().isEmpty()) {
            names = new TreeMap<>(Utf8Order::compare);
            names.putAll(node.children());
            for (Path directory : node.contentOf()) {
                list(prefix, directory, names);
            }
        }
        levels.addLast(new Level(prefix, names.entrySet().iterator()));
    }

    @SuppressWarnings("StreamResourceLeak") // it is a resource; that attempt() opens it hides that
    private static void list(String prefix, Path directory, SortedMap<String, LayerNode> names) throws IOException {
        try (DirectoryStream<Path> listing = attempt(directory, () -> Files.newDirectoryStream(directory))) {
            for (Path path : listing) {
                String name = nameOf(path);
                LayerNode given = names.get(name);
                names.put(name, given == null ? onDisk(path) : merge(prefix + name, given, path));
            }
        } catch (DirectoryIteratorException e) {
            throw new UnpackableException("The directory '" + directory + "' cannot be listed", e.getCause());
        }
    }

    private static String nameOf(Path path) throws IOException {
        String name = String.valueOf(path.getFileName());
        String problem = EntryPath.problemOf(name);
        if (!problem.isEmpty()) {
            throw new UnpackableException("The name of the file '" + path + "' " + problem);
        }
        if (name.startsWith(EntryPath.WHITEOUT)) {
            throw new UnpackableException("The name of the file '" + path + "' begins with '" + EntryPath.WHITEOUT
                    + "', which in a layer means that something is removed");
        }
        return name;
    }

    private static LayerNode onDisk(Path path) {
        LayerNode node = new LayerNode(new LayerItem.OnDisk(path, EntryAttributes.unspecified()));
        node.contentOf().add(path);
        return node;
    }

    /** Two directories of the same name become one, described by the first; anything else is there twice. */
    private static LayerNode merge(String name, LayerNode given, Path path) throws IOException {
        LayerItem item = given.item();
        boolean givenIsDirectory = item == null
                || item instanceof LayerItem.Directory
                || item instanceof LayerItem.OnDisk onDisk
                        && readFacts(onDisk.path()).kind() == FileFacts.Kind.DIRECTORY;
        if (!givenIsDirectory || readFacts(path).kind() != FileFacts.Kind.DIRECTORY) {
            throw new UnpackableException("'/" + JsonObject.printable(name) + "' is in the layer twice: from "
                    + (item == null ? "what is below it" : item.origin()) + " and from '" + path + "'");
        }
        LayerNode merged = given.copy(item == null ? new LayerItem.OnDisk(path, EntryAttributes.unspecified()) : item);
        merged.contentOf().add(path);
        return merged;
    }

    private static FileFacts readFacts(Path path) throws IOException {
        return attempt(path, () -> FileFacts.read(path));
    }

    interface Attempt<T> {
        T make() throws IOException;
    }

    /** Says of a failure what it means for the one who packs. */
    static <T> T attempt(Path path, Attempt<T> attempt) throws IOException {
        try {
            return attempt.make();
        } catch (NoSuchFileException e) {
            throw new UnpackableException("'" + path + "' vanished while it was packed", e);
        } catch (AccessDeniedException e) {
            throw new UnpackableException("'" + path + "' may not be read by the user who runs this", e);
        }
    }
}
