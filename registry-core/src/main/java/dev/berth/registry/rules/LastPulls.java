package dev.berth.registry.rules;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import java.time.Instant;
import java.util.Optional;

/**
 * When images were last pulled. Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface LastPulls {

    /** Returns when a manifest was last pulled from a repository, or empty if it never was, as far as is known. */
    Optional<Instant> lastPull(RepositoryName repository, Digest manifest);

    /** Returns an object that knows of no pulls: then every image counts from its push. */
    static LastPulls unknown() {
        return (repository, manifest) -> Optional.empty();
    }
}
