package dev.berth.registry.storage;

import java.io.IOException;
import java.time.Duration;

/**
 * The storage is overloaded or cannot be reached. The failure is transient: the same call may succeed later.
 *
 * @since 0.1
 */
public final class StorageBusyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** Creates the exception with the storage's failure and the time after which to retry. */
    public StorageBusyException(String message, Throwable cause, Duration retryAfter) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** Returns the time after which to retry. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
