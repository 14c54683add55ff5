package dev.berth.registry.console.operation;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.DD;
import static dev.berth.registry.console.html.Tag.DL;
import static dev.berth.registry.console.html.Tag.DT;

import dev.berth.registry.console.html.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names of facts and what they are, below each other. Used by one thread. */
public final class Facts {
    private final List<Html> parts = new ArrayList<>();

    /** Adds a fact. */
    public Facts add(String name, Html what) {
        parts.add(DT.of(text(name)));
        parts.add(DD.of(what));
        return this;
    }

    /** Adds a fact that there may be. */
    public Facts add(String name, Optional<? extends Html> what) {
        what.ifPresent(there -> add(name, there));
        return this;
    }

    /** Returns all of them. */
    public Html shown() {
        return DL.of(css("facts"), Html.of(parts));
    }
}
