package dev.berth.registry.internal.transport;

import java.io.IOException;

/** The source of a request's body failed, or its content was rejected; the network did not fail. The cause says why. */
public final class BodyFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Wraps the failure of the source. */
    public BodyFailedException(Exception cause) {
        super("The content of the request failed", cause);
    }
}
