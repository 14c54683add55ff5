package dev.berth.registry.console.page;

import java.util.Objects;
import java.util.function.Predicate;

/**
 * An entry of a menu.
 *
 * @param title what it is called
 * @param path the path of its page below that of all pages
 * @param shown for whom
 */
public record MenuEntry(String title, String path, Predicate<Visit> shown) {

    /** Checks that the parts are there. */
    public MenuEntry {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(shown, "shown");
    }
}
