package dev.berth.registry.storage;

import java.io.IOException;

/**
 * The upload was committed or aborted, possibly by another process.
 *
 * @since 0.1
 */
public final class UploadGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public UploadGoneException(String message) {
        super(message);
    }
}
