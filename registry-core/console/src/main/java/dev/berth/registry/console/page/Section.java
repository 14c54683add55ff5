package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.H2;
import static dev.berth.registry.console.html.Tag.SECTION;

import dev.berth.registry.console.html.Html;

/** A part of a page with a heading. */
public final class Section {
    private Section() {}

    public static Html of(String title, Html... content) {
        return SECTION.of(H2.of(text(title)), Html.of(content));
    }
}
