package dev.berth.registry.server.http1;

import java.io.IOException;

/** A line is too long, wherever it is. */
final class LongLineException extends IOException {
    private static final long serialVersionUID = 1L;

    LongLineException() {
        super("A line is too long");
    }
}
