package dev.berth.registry.image;

import dev.berth.registry.internal.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the entries of a tar become when they are unpacked one after the other: refuses what cannot be unpacked then, or
 * not within the image. What the layers below have is not known here. Names are in the plain form, without {@code .} and
 * slashes at either end.
 */
final class TarTree {
    /** As many links after each other as Linux follows. */
    private static final int MOST_LINKS = 40;

    private enum Kind {
        /** A directory that is no entry itself, but has some in it. */
        ON_THE_WAY,
        DIRECTORY,
        FILE,
        SYMLINK
    }

    private record Node(Kind kind, String target) {
        static final Node ON_THE_WAY = new Node(Kind.ON_THE_WAY, "");
        static final Node DIRECTORY = new Node(Kind.DIRECTORY, "");
        static final Node FILE = new Node(Kind.FILE, "");

        boolean isDirectory() {
            return kind == Kind.ON_THE_WAY || kind == Kind.DIRECTORY;
        }
    }

    private final Map<String, Node> nodes = new HashMap<>();

    void directory(String name) throws UnpackableException {
        add(name, Node.DIRECTORY);
    }

    /** Adds a file, a device or a pipe. */
    void file(String name) throws UnpackableException {
        add(name, Node.FILE);
    }

    void symlink(String name, String target) throws UnpackableException {
        if (EntryPath.escapes(depth(name), target)) {
            throw escaping(name, target);
        }
        add(name, new Node(Kind.SYMLINK, target));
    }

    /** Adds another name for what is at the target. */
    void hardLink(String name, String target) throws UnpackableException {
        String link = "The tar's link " + quote(name) + " is to " + quote(target);
        for (String above = parent(target); !above.isEmpty(); above = parent(above)) {
            if (kind(above) == Kind.SYMLINK) {
                throw new UnpackableException(link + ", which is below a symbolic link of the same tar");
            }
        }
        Node linked = nodes.get(target);
        if (linked == null) {
            throw new UnpackableException(link + ", which is not in the tar before it");
        }
        if (linked.isDirectory()) {
            throw new UnpackableException(link + ", which is a directory");
        }
        if (linked.kind == Kind.SYMLINK) {
            // From here it may lead elsewhere.
            symlink(name, linked.target);
        } else {
            add(name, linked);
        }
    }

    private void add(String name, Node node) throws UnpackableException {
        if (name.isEmpty() && node.kind != Kind.DIRECTORY) {
            throw new UnpackableException("The tar has an entry for the root of the image that is not a directory");
        }
        for (String above = parent(name); !above.isEmpty(); above = parent(above)) {
            Node parent = nodes.putIfAbsent(above, Node.ON_THE_WAY);
            if (parent != null && !parent.isDirectory()) {
                throw new UnpackableException("The tar's entry " + quote(name) + " is below "
                        + (parent.kind == Kind.SYMLINK
                                ? "a symbolic link of the same tar"
                                : quote(above) + ", which is not a directory"));
            }
        }
        Node before = nodes.put(name, node);
        if (before != null && (before.kind != Kind.ON_THE_WAY || !node.isDirectory())) {
            throw new UnpackableException("The tar has the entry " + quote(name) + " twice"
                    + (before.kind == Kind.ON_THE_WAY ? ": before, it was a directory with entries in it" : ""));
        }
    }

    /** Checks what can be known of links only when all of them are there. */
    void finish() throws UnpackableException {
        for (Map.Entry<String, Node> entry : nodes.entrySet()) {
            Node node = entry.getValue();
            if (node.kind == Kind.SYMLINK && leadsOut(entry.getKey(), node.target)) {
                throw escaping(entry.getKey(), node.target);
            }
        }
    }

    /** Follows a link as a kernel does, through the other links of the tar. */
    private boolean leadsOut(String link, String target) {
        Deque<String> ahead = new ArrayDeque<>(segments(target));
        String at = target.startsWith("/") ? "" : parent(link);
        // So many directories below that, of which the tar knows nothing.
        int unknown = 0;
        int followed = 1;
        while (!ahead.isEmpty()) {
            String segment = ahead.removeFirst();
            if (segment.equals("..")) {
                if (unknown > 0) {
                    unknown--;
                } else if (at.isEmpty()) {
                    return true;
                } else {
                    at = parent(at);
                }
                continue;
            }
            String next = at.isEmpty() ? segment : at + "/" + segment;
            Node node = unknown > 0 ? null : nodes.get(next);
            if (node == null) {
                unknown++;
            } else if (node.kind != Kind.SYMLINK) {
                at = next;
            } else {
                followed++;
                if (followed > MOST_LINKS) {
                    return false;
                }
                at = node.target.startsWith("/") ? "" : at;
                List<String> segments = segments(node.target);
                for (int i = segments.size() - 1; i >= 0; i--) {
                    ahead.addFirst(segments.get(i));
                }
            }
        }
        return false;
    }

    private static List<String> segments(String target) {
        return List.of(target.split("/", -1)).stream()
                .filter(segment -> !segment.isEmpty() && !segment.equals("."))
                .toList();
    }

    private @Nullable Kind kind(String name) {
        Node node = nodes.get(name);
        return node == null ? null : node.kind;
    }

    private static UnpackableException escaping(String name, String target) {
        return new UnpackableException(
                "The tar's link " + quote(name) + " leads out of the image, to " + quote(target));
    }

    private static int depth(String name) {
        return (int) name.chars().filter(c -> c == '/').count();
    }

    private static String parent(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    private static String quote(String name) {
        return "'" + JsonObject.printable(name) + "'";
    }
}
