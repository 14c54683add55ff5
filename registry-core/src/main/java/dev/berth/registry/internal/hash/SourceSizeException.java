package dev.berth.registry.internal.hash;

import java.io.IOException;

/** The content that is being pushed has fewer or more bytes than its source announced. */
public final class SourceSizeException extends IOException {
    private static final long serialVersionUID = 1L;

    public SourceSizeException(String message) {
        super(message);
    }
}
