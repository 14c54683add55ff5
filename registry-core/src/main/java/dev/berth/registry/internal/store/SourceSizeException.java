package dev.berth.registry.internal.store;

import java.io.IOException;

/** What is being pushed has fewer or more bytes than its source said. */
public final class SourceSizeException extends IOException {
    private static final long serialVersionUID = 1L;

    public SourceSizeException(String message) {
        super(message);
    }
}
