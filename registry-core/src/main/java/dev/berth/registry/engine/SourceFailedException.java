package dev.berth.registry.engine;

import java.io.IOException;

/** Reading what is being pushed failed, as opposed to writing it: not the store's fault. */
final class SourceFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException failure;

    SourceFailedException(IOException failure) {
        super(failure);
        this.failure = failure;
    }

    IOException failure() {
        return failure;
    }
}
