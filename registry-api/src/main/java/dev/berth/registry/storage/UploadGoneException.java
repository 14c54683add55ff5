package dev.berth.registry.storage;

import java.io.IOException;

/** An upload that has been committed or aborted, perhaps by another process. */
public final class UploadGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception. */
    public UploadGoneException(String message) {
        super(message);
    }
}
