package dev.berth.registry.storage.fs.journal;

import java.io.IOException;

/** The disk has no room for entries of the journal, which is empty. */
public final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1L;

    NoRoomException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
