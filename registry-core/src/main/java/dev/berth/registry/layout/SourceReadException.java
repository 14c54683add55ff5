package dev.berth.registry.layout;

import java.io.IOException;

/** What was to be written could not be read: not the fault of where it was to be written. */
final class SourceReadException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException failure;

    SourceReadException(IOException failure) {
        super(failure);
        this.failure = failure;
    }

    IOException failure() {
        return failure;
    }
}
