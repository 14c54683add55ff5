package dev.berth.registry.image;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An {@link ImageBuildException} on its way through streams, which throw nothing but this kind. */
final class UnpackableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnpackableException(String message) {
        super(message);
    }

    UnpackableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
