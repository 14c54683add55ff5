package dev.berth.registry.internal.transport;

import java.io.IOException;

/** Not the network but the source of a request's body fails, or what it gives is refused: the cause tells. */
public final class BodyFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Wraps what went wrong. */
    public BodyFailedException(Exception cause) {
        super("The content of the request failed", cause);
    }
}
