package dev.berth.registry.engine;

import java.io.IOException;

/** What is being pushed has fewer or more bytes than its source said. */
final class SourceSizeException extends IOException {
    private static final long serialVersionUID = 1L;

    SourceSizeException(String message) {
        super(message);
    }
}
