package dev.berth.registry.console.html;

import java.io.IOException;
import java.util.List;

/** Several, one after the other. */
record Several(List<? extends Html> parts) implements Html {
    static final Several NONE = new Several(List.of());

    Several {
        parts = List.copyOf(parts);
    }

    @Override
    public void writeTo(Appendable out) throws IOException {
        for (Html part : parts) {
            part.writeTo(out);
        }
    }
}
