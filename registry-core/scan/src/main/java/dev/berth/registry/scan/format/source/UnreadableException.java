package dev.berth.registry.scan.format.source;

import java.io.IOException;

/** A file is not what its name says, or exceeds a limit of its own. The message says why, without its path. */
public final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message a clause such as {@code its page 7 is damaged} */
    public UnreadableException(String message) {
        super(message);
    }
}
