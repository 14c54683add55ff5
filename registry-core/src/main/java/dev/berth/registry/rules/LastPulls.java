package dev.berth.registry.rules;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * When images were last pulled. Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface LastPulls {

    /**
     * Returns when the manifests of a repository were last pulled, as is known now: empty for one that never was, as far as is
     * known. Called once for each evaluation of rules that ask for pulls.
     */
    Function<Digest, Optional<Instant>> of(RepositoryName repository);

    /** Returns an object that knows of no pulls: then every image counts from its push. */
    static LastPulls unknown() {
        return repository -> manifest -> Optional.empty();
    }
}
