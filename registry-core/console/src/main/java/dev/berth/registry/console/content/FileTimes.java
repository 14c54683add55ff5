package dev.berth.registry.console.content;

import static dev.berth.registry.console.html.Html.text;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.time.Instant;

/** When files were modified. */
final class FileTimes {
    private FileTimes() {}

    /** Builds that are the same each time say the beginning of time, which is to say that they do not know. */
    static Html shown(LayerEntry entry, Visit visit) {
        return entry.modified().equals(Instant.EPOCH) ? text("–") : Texts.ago(entry.modified(), visit.now());
    }
}
