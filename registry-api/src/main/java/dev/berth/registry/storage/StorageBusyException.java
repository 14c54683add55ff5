package dev.berth.registry.storage;

import java.io.IOException;
import java.time.Duration;

/** The storage has too much to do, or cannot be reached, just now: the same call may well succeed a little later. */
public final class StorageBusyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** Makes the exception, with what the storage said and after how long it is worth trying again. */
    public StorageBusyException(String message, Throwable cause, Duration retryAfter) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** Returns after how long it is worth trying again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
