package dev.berth.registry.layout;

import dev.berth.registry.internal.json.JsonObject;

/** Names in a tar, brought into the form in which they are looked up: without {@code .} and double slashes. */
final class TarPath {

    private TarPath() {}

    /**
     * Returns the plain form of a name.
     *
     * @throws MalformedLayoutException if it leads out of the archive
     */
    static String of(String written) throws MalformedLayoutException {
        if (written.startsWith("/")) {
            throw leadsOut(written);
        }
        StringBuilder path = new StringBuilder(written.length());
        for (String segment : written.split("/", -1)) {
            if (segment.equals("..")) {
                throw leadsOut(written);
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                path.append(path.isEmpty() ? "" : "/").append(segment);
            }
        }
        return path.toString();
    }

    /**
     * Returns the plain form of a symbolic link's target, which is relative to the folder of the link.
     *
     * @param link the plain form of the link's own name
     * @throws MalformedLayoutException if it leads out of the archive
     */
    static String beside(String link, String target) throws MalformedLayoutException {
        if (target.startsWith("/")) {
            throw leadsOut(target);
        }
        String folder = parent(link);
        String rest = target;
        while (rest.startsWith("../")) {
            if (folder.isEmpty()) {
                throw leadsOut(target);
            }
            folder = parent(folder);
            rest = rest.substring(3);
        }
        return of(folder.isEmpty() ? rest : folder + "/" + rest);
    }

    static String printable(String name) {
        return "'" + JsonObject.printable(name) + "'";
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static MalformedLayoutException leadsOut(String name) {
        return new MalformedLayoutException(
                "it has the name " + printable(name) + ", which leads out of the archive; it is not trusted");
    }
}
