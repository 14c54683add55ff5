package dev.berth.registry.internal.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A response was ended because its server sends it too slowly, or does not come to its point. */
final class SlowResponseException extends IOException {
    private static final long serialVersionUID = 1L;

    SlowResponseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
