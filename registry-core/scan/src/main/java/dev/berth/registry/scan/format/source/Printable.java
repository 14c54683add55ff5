package dev.berth.registry.scan.format.source;

/** Paths of strangers in reasons that people read. */
final class Printable {
    private static final int LONGEST = 200;

    private Printable() {}

    /** Returns the path without control characters and not too long. */
    static String of(String path) {
        StringBuilder printable = new StringBuilder();
        int begin = Math.max(0, path.length() - LONGEST);
        if (begin > 0) {
            printable.append("...");
        }
        path.substring(begin)
                .chars()
                .map(c -> Character.isISOControl(c) || Character.isSurrogate((char) c) ? '?' : c)
                .forEach(c -> printable.append((char) c));
        return printable.toString();
    }
}
