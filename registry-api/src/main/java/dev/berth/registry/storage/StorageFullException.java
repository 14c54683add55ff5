package dev.berth.registry.storage;

import java.io.IOException;

/**
 * The storage is full. Nothing of the failed write is visible, and its space has been freed.
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
