package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.SPAN;

import dev.berth.registry.console.html.Html;

/** Texts of strangers that may be longer than anybody reads. */
public final class LongText {
    private static final int LONGEST = 2_000;

    private LongText() {}

    /** Returns a text of strangers. What is too long is cut, and says so. */
    public static Html foreign(String text) {
        if (text.length() <= LONGEST) {
            return Texts.foreign(text);
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return Html.of(
                Texts.foreign(text.substring(0, end)),
                SPAN.of(css("note"), text(" … " + Texts.count(text.length() - end, "more character"))));
    }
}
