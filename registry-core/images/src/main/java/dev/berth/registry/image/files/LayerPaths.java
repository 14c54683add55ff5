package dev.berth.registry.image.files;

import dev.berth.registry.internal.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Paths in layers, as strings only. The root of the image is the empty string, and has no parent but itself. */
final class LayerPaths {

    private LayerPaths() {}

    /** Returns the plain form of a path: relative to the root, with {@code ..} resolved, never above the root. */
    static String normalize(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return String.join("/", segments);
    }

    /** Returns a path without slashes at its ends. Links in it may be followed by {@code ..}, which is left to be resolved. */
    static String trim(String path) {
        int begin = 0;
        int end = path.length();
        while (begin < end && path.charAt(begin) == '/') {
            begin++;
        }
        while (end > begin && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(begin, end);
    }

    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    static String child(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }

    static void requireShort(String path, int maxBytes) throws LayerFormatException {
        if (path.length() > maxBytes || path.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw new LayerFormatException(
                    "A path in the layer is longer than " + maxBytes + " bytes: " + JsonObject.printable(path));
        }
    }
}
