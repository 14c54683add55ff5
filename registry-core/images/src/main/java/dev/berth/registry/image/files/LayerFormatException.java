package dev.berth.registry.image.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The content of a layer is not a tar that can be read, or exceeds one of the {@link FileLimits}. The message says which.
 *
 * @since 0.1
 */
public final class LayerFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    LayerFormatException(String message) {
        super(message);
    }

    LayerFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
