package dev.berth.registry.server.http1.message;

import java.io.IOException;

/** A line is too long, wherever it is. */
public final class LongLineException extends IOException {
    private static final long serialVersionUID = 1L;

    public LongLineException() {
        super("A line is too long");
    }
}
