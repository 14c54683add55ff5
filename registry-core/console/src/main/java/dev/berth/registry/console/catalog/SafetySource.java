package dev.berth.registry.console.catalog;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import java.util.Optional;

/** Knows the safety of images. It is asked once for each image, and again when there is something new. Thread-safe. */
@FunctionalInterface
public interface SafetySource {

    /**
     * Returns what is known of an image, or of an index.
     *
     * @return empty if it is not there any more
     * @throws dev.berth.registry.RegistryException if that cannot be told now
     */
    Optional<ImageSafety> of(RepositoryName repository, Digest image);
}
