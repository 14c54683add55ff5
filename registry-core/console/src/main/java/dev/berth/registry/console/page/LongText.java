package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.SPAN;

import dev.berth.registry.console.html.Html;

/** Texts of strangers that may be longer than anybody reads. */
public final class LongText {
    private static final int LONGEST = 2_000;
    private static final int LONGEST_NAME = 120;

    private LongText() {}

    /** Returns a text of strangers. What is too long is cut, and says so. */
    public static Html foreign(String text) {
        return cut(text, LONGEST);
    }

    /** Returns a name of strangers, which stands among others in a table. What is too long is cut, and says so. */
    public static Html name(String text) {
        return cut(text, LONGEST_NAME);
    }

    private static Html cut(String text, int longest) {
        if (text.length() <= longest) {
            return Texts.foreign(text);
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return Html.of(
                Texts.foreign(text.substring(0, end)),
                SPAN.of(css("note"), text(" … " + Texts.count(text.length() - end, "more character"))));
    }
}
