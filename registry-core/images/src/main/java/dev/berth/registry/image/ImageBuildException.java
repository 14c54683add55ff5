package dev.berth.registry.image;

import org.jspecify.annotations.Nullable;

/**
 * What an image should be made of cannot be packed, or the base image cannot be built upon. The message names the file,
 * entry or image and says what is wrong. Failures of a registry are {@link dev.berth.registry.RegistryException}s, also
 * while an image is built.
 *
 * @since 0.1
 */
public final class ImageBuildException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ImageBuildException(String message) {
        super(message);
    }

    ImageBuildException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
