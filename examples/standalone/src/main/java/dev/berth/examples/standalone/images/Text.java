package dev.berth.examples.standalone.images;

/** Makes text that comes from images fit for a terminal. */
final class Text {
    private Text() {}

    /** Replaces control characters: text of an image must not control the terminal. */
    static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
