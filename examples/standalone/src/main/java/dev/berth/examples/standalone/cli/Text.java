package dev.berth.examples.standalone.cli;

/** Makes text that strangers wrote fit for a terminal, and for the columns of a table. */
public final class Text {
    private static final String CUT = "…";

    private Text() {}

    /**
     * Replaces what would control the terminal, end the line, or show the rest of it in another order: text of an image or a
     * server is only shown.
     */
    public static String printable(String text) {
        return text.codePoints()
                .map(c -> isShown(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** Returns how many columns of a terminal a printable text takes. */
    public static int columns(String text) {
        return text.codePoints().map(Text::columns).sum();
    }

    private static int columns(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = c >= 0x1100
                && (c <= 0x115f
                        || c >= 0x2e80 && c <= 0xa4cf
                        || c >= 0xac00 && c <= 0xd7a3
                        || c >= 0xf900 && c <= 0xfaff
                        || c >= 0xfe30 && c <= 0xfe6f
                        || c >= 0xff00 && c <= 0xff60
                        || c >= 0xffe0 && c <= 0xffe6
                        || c >= 0x1f300 && c <= 0x1faff
                        || c >= 0x20000 && c <= 0x3fffd);
        return wide ? 2 : 1;
    }

    /** Returns a printable text that takes no more than some columns, without its end if it is longer. */
    public static String cut(String text, int columns) {
        if (columns(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int used = CUT.length();
        for (int c : text.codePoints().toArray()) {
            used += columns(c);
            if (used > columns) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept.toString().stripTrailing() + CUT;
    }

    /** As {@link #cut}, without its beginning. */
    public static String cutBeginning(String text, int columns) {
        String reversed = new StringBuilder(text).reverse().toString();
        String kept = cut(reversed, columns);
        return new StringBuilder(kept).reverse().toString();
    }
}
