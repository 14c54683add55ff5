package dev.berth.registry.storage;

import java.io.IOException;

/**
 * An append or commit that does not match the state of the upload, or came while another one was in progress.
 *
 * @since 0.1
 */
public final class UploadConflictException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long currentSize;

    /**
     * Creates the exception.
     *
     * @param currentSize the number of bytes that the upload has
     */
    public UploadConflictException(String message, long currentSize) {
        super(message);
        this.currentSize = currentSize;
    }

    /** Returns the number of bytes that the upload has. */
    public long currentSize() {
        return currentSize;
    }
}
