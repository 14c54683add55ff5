package dev.berth.registry.image;

import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.storage.Utf8Order;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A path of a layer: what is there, what is below it, and directories on disk whose content belongs below it. Those are
 * listed only when the layer is written, one directory at a time, so that a tree on disk costs no memory. Not
 * thread-safe while things are added.
 */
final class LayerNode {
    private final SortedMap<String, LayerNode> children = new TreeMap<>(Utf8Order::compare);
    private final List<Path> contentOf = new ArrayList<>();
    private @Nullable LayerItem item;

    LayerNode() {}

    LayerNode(LayerItem item) {
        this.item = item;
    }

    /** Returns what is here, or null if this is only a name on the way to something else. */
    @Nullable LayerItem item() {
        return item;
    }

    SortedMap<String, LayerNode> children() {
        return children;
    }

    /** Returns the directories on disk whose content is below this node. */
    List<Path> contentOf() {
        return contentOf;
    }

    /** Puts something at a path below this node. */
    void put(List<String> path, LayerItem newItem) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("The root of an image always exists; give a path below it");
        }
        LayerNode node = descend(path);
        if (node.item != null) {
            throw new IllegalArgumentException("'" + print(path) + "' is in the layer twice");
        }
        boolean hasContent = !node.children.isEmpty() || !node.contentOf.isEmpty();
        if (hasContent && !(newItem instanceof LayerItem.Directory)) {
            throw new IllegalArgumentException("'" + print(path) + "' is a directory in this layer already");
        }
        node.item = newItem;
    }

    /** Puts the content of a directory on disk below a path below this node. */
    void putContentOf(List<String> path, Path directory) {
        LayerNode node = descend(path);
        requireDirectory(node, path);
        node.contentOf.add(directory);
    }

    private LayerNode descend(List<String> path) {
        LayerNode node = this;
        for (int i = 0; i < path.size(); i++) {
            requireDirectory(node, path.subList(0, i));
            node = node.children.computeIfAbsent(path.get(i), name -> new LayerNode());
        }
        return node;
    }

    private static void requireDirectory(LayerNode node, List<String> path) {
        if (node.item != null && !(node.item instanceof LayerItem.Directory)) {
            throw new IllegalArgumentException(
                    "'" + print(path) + "' is not a directory in this layer: nothing can be below it");
        }
    }

    private static String print(List<String> path) {
        return JsonObject.printable("/" + String.join("/", path));
    }

    LayerNode copy() {
        return copy(item);
    }

    LayerNode copy(@Nullable LayerItem newItem) {
        LayerNode copy = new LayerNode();
        copy.item = newItem;
        copy.contentOf.addAll(contentOf);
        children.forEach((name, child) -> copy.children.put(name, child.copy()));
        return copy;
    }
}
