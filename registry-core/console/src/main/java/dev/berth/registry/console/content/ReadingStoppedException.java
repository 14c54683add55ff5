package dev.berth.registry.console.content;

import java.io.IOException;

/** A layer is not read any further. The message says why, for people. */
final class ReadingStoppedException extends IOException {
    private static final long serialVersionUID = 1;

    ReadingStoppedException(String message) {
        super(message);
    }
}
