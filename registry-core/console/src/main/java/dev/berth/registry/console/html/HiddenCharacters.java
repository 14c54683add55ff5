package dev.berth.registry.console.html;

import java.util.Locale;

/**
 * Characters that would not be seen, or would change how the rest is seen: controls, which also a terminal obeys, marks that turn
 * the direction of text, halves of pairs, and what is not a character.
 */
public final class HiddenCharacters {
    private static final int DELETE = 0x7f;
    private static final int LAST_CONTROL = 0x9f;

    private HiddenCharacters() {}

    /** Returns whether a code point is one of them. */
    static boolean contain(int point) {
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

    /** Returns how one of them is shown. */
    static String inLetters(int point) {
        return String.format(Locale.ROOT, "\\u{%x}", point);
    }

    /**
     * Returns a text as one line that a terminal shows and does not obey.
     *
     * @param longest how many characters it has at most; one that is longer ends with an ellipsis
     */
    public static String inOneLine(String text, int longest) {
        StringBuilder line = new StringBuilder();
        boolean space = false;
        int i = 0;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isWhitespace(point)) {
                space = !line.isEmpty();
                continue;
            }
            String shown = contain(point) ? inLetters(point) : Character.toString(point);
            if (line.length() + shown.length() + 1 >= longest) {
                return line.append('…').toString();
            }
            if (space) {
                line.append(' ');
                space = false;
            }
            line.append(shown);
        }
        return line.toString();
    }
}
