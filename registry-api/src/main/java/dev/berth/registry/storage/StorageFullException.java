package dev.berth.registry.storage;

import java.io.IOException;

/**
 * There is not enough space for what was to be written. Nothing of it is visible, and the space it took is free again.
 *
 * @since 0.1
 */
public final class StorageFullException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public StorageFullException(String message) {
        super(message);
    }

    /** Creates the exception with the storage's failure. */
    public StorageFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
