package dev.berth.registry.console.html;

import java.io.IOException;
import java.util.Locale;

/** Writes text so that it is nothing but text. */
final class Escape {
    private static final int DELETE = 0x7f;
    private static final int LAST_CONTROL = 0x9f;

    private Escape() {}

    /**
     * Writes a text that stands between tags or in an attribute with double quotes.
     *
     * <p>What would not be seen, or would change how the rest is seen, is written in letters: controls, which also a terminal
     * obeys, marks that turn the direction of text, halves of pairs, and what is not a character.
     */
    static void text(String text, Appendable out) throws IOException {
        int i = 0;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append((char) point);
                case '\r' -> out.append('\n');
                default -> {
                    if (isHidden(point)) {
                        out.append(String.format(Locale.ROOT, "\\u{%x}", point));
                    } else {
                        out.append(Character.toString(point));
                    }
                }
            }
        }
    }

    private static boolean isHidden(int point) {
        if (point < ' ' || point >= DELETE && point <= LAST_CONTROL) {
            return true;
        }
        if (point < 0x300) {
            return false;
        }
        return switch (Character.getType(point)) {
            case Character.SURROGATE, Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            // Joiners make letters and pictures of several; every other mark of this kind only hides or turns text.
            case Character.FORMAT -> point != 0x200c && point != 0x200d;
            case Character.UNASSIGNED -> (point & 0xfffe) == 0xfffe || point >= 0xfdd0 && point <= 0xfdef;
            default -> false;
        };
    }
}
