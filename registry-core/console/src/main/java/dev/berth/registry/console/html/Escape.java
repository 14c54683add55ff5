package dev.berth.registry.console.html;

import java.io.IOException;

/** Writes text so that it is nothing but text. */
final class Escape {
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
                    if (HiddenCharacters.contain(point)) {
                        out.append(HiddenCharacters.inLetters(point));
                    } else {
                        out.append(Character.toString(point));
                    }
                }
            }
        }
    }
}
