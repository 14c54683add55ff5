package dev.berth.registry.image;

import dev.berth.registry.internal.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The rules for names in a layer: relative to the root of the image, and never out of it. */
final class EntryPath {
    /** What the names of files begin with that say that another file is deleted. */
    static final String WHITEOUT = ".wh.";

    private EntryPath() {}

    /**
     * Returns the segments of a path that a user gave, with or without the leading slash; none for the root.
     *
     * @throws IllegalArgumentException if it is not a path inside the image
     */
    static List<String> parse(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                throw new IllegalArgumentException(
                        "The path '" + JsonObject.printable(path) + "' leads out of the image: '..' is not allowed");
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        String problem = problemOf(path);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("The path '" + JsonObject.printable(path) + "' " + problem);
        }
        return segments;
    }

    /** Returns what is wrong with the characters of a name, or an empty string. */
    static String problemOf(String name) {
        if (name.indexOf('\0') >= 0) {
            return "has a NUL character";
        }
        if (name.indexOf('\uFFFD') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            return "is not readable as text; if it has letters beyond ASCII, run Java with a UTF-8 locale"
                    + " (LC_ALL=C.UTF-8)";
        }
        return "";
    }

    /**
     * Returns whether a symbolic link leads above the root of the image. An absolute one does not: it starts at the
     * root.
     *
     * @param depth the number of directories that the link is in
     */
    static boolean escapes(int depth, String target) {
        int level = target.startsWith("/") ? 0 : depth;
        for (String segment : target.split("/", -1)) {
            if (segment.equals("..")) {
                level--;
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                level++;
            }
            if (level < 0) {
                return true;
            }
        }
        return false;
    }
}
