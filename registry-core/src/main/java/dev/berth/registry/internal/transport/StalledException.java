package dev.berth.registry.internal.transport;

import java.io.IOException;

/** A write was ended since the other side took nothing any more. */
final class StalledException extends IOException {
    private static final long serialVersionUID = 1L;

    StalledException(IOException cause) {
        super("The other side takes nothing any more", cause);
    }
}
