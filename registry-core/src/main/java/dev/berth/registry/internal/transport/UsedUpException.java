package dev.berth.registry.internal.transport;

import java.io.IOException;

/** A connection of the pool turns out to be of no use any more, before anything was sent. */
final class UsedUpException extends IOException {
    private static final long serialVersionUID = 1L;

    UsedUpException() {
        super("Something came in that nobody has asked for");
    }
}
