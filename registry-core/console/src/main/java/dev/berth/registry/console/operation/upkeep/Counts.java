package dev.berth.registry.console.operation.upkeep;

import dev.berth.registry.console.html.Html;
import java.util.Locale;

/** Numbers of things whose plural is no "s" more. */
final class Counts {
    private Counts() {}

    static String repositories(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', Html.NARROW_SPACE)
                + (number == 1 ? " repository" : " repositories");
    }
}
