package dev.berth.registry.internal.transport;

import java.io.IOException;

/** A write was aborted because the peer accepted no more bytes within the timeout. */
final class StalledException extends IOException {
    private static final long serialVersionUID = 1L;

    StalledException(IOException cause) {
        super("The peer accepts no more bytes", cause);
    }
}
