package dev.berth.registry.console.html;

import java.io.IOException;
import java.util.Objects;

/** A text. */
record Text(String text) implements Html {

    Text {
        Objects.requireNonNull(text, "text");
    }

    @Override
    public void writeTo(Appendable out) throws IOException {
        Escape.text(text, out);
    }
}
