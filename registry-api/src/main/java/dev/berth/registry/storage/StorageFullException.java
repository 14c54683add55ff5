package dev.berth.registry.storage;

import java.io.IOException;

/** There is no room for what was to be written. Nothing of it is visible, and the space it took is given back. */
public final class StorageFullException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public StorageFullException(String message) {
        super(message);
    }

    /** Makes the exception, with what the storage said. */
    public StorageFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
