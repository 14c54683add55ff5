package dev.berth.registry.scan.inventory;

/** Paths in images, as names only: relative to the root, which is the empty string. */
final class Paths {

    private Paths() {}

    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    static String child(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }

    static boolean isBelow(String path, String directory) {
        return directory.isEmpty() ? !path.isEmpty() : path.startsWith(directory + "/");
    }

    /** Returns where the target of a link in a directory is, without following further links; never above the root. */
    static String resolve(String directory, String target) {
        String path = target.startsWith("/") ? "" : directory;
        for (String segment : target.split("/", -1)) {
            if (segment.equals("..")) {
                path = parent(path);
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                path = child(path, segment);
            }
        }
        return path;
    }
}
