package dev.berth.registry.scan.adapter;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import java.util.Optional;

/**
 * Gives a scanner adapter what it needs to pull an image from the registry. Implementations are thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface PullAuthorization {

    /**
     * Returns the value of the header {@code Authorization} with which the adapter may pull: {@code Bearer …} with a token, or
     * {@code Basic …}. It leaves this process, and many adapters keep it: it should be good for this repository only, and for
     * about as long as a scan takes.
     *
     * @param repository the repository
     * @param image the digest of the manifest
     * @return the value; empty if anybody may pull
     * @throws dev.berth.registry.RegistryException if there is none just now
     */
    Optional<String> forPull(RepositoryName repository, Digest image);

    /** Returns one for a registry from which anybody may pull. */
    static PullAuthorization none() {
        return (repository, image) -> Optional.empty();
    }
}
