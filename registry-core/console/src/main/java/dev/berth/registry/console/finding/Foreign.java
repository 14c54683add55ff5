package dev.berth.registry.console.finding;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Tag.SPAN;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Texts;

/** Texts of advisories, packages and certificates: what is longer than anybody reads is cut, and says so. */
final class Foreign {
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_TEXT = 2_000;

    private Foreign() {}

    /** Returns a name or a version. */
    static Html name(String name) {
        return cut(name, LONGEST_NAME);
    }

    /** Returns a sentence, or some. */
    static Html text(String sentence) {
        return cut(sentence, LONGEST_TEXT);
    }

    private static Html cut(String all, int longest) {
        if (all.length() <= longest) {
            return Texts.foreign(all);
        }
        int end = Character.isHighSurrogate(all.charAt(longest - 1)) ? longest - 1 : longest;
        return Html.of(
                Texts.foreign(all.substring(0, end)),
                SPAN.of(css("note"), Html.text(" … " + Texts.count(all.length() - end, "more character"))));
    }
}
