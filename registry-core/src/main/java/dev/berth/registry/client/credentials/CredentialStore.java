package dev.berth.registry.client.credentials;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the credentials for a registry. Asked when a registry wants to know who is there, and again when it has refused
 * what was found: passwords that change are picked up without a restart.
 *
 * <p>Implementations are thread-safe. They may take their time; a thread that is interrupted meanwhile gets an
 * exception.
 */
@FunctionalInterface
public interface CredentialStore {

    /**
     * Finds credentials.
     *
     * @param registry the registry as references name it: host, or host and port; {@code docker.io} for Docker Hub
     * @param repository the repository that is asked for, where it is one: some stores tell them apart
     * @return the credentials, or empty to go on without
     * @throws RegistryException with {@link ErrorCode#UNAUTHORIZED} if there is an entry that cannot be used; the
     *     message names it, and holds no secret
     */
    Optional<Credentials> find(String registry, Optional<RepositoryName> repository);

    /** Returns a store without credentials. */
    static CredentialStore none() {
        return (registry, repository) -> Optional.empty();
    }

    /**
     * Returns a store that has credentials for one registry.
     *
     * @param registry as references name it: host, or host and port; {@code docker.io} for Docker Hub
     */
    static CredentialStore of(String registry, Credentials credentials) {
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(credentials, "credentials");
        return (wanted, repository) -> wanted.equals(registry) ? Optional.of(credentials) : Optional.empty();
    }

    /** Returns a store that looks into each of these until one has credentials. */
    static CredentialStore firstOf(CredentialStore... stores) {
        List<CredentialStore> inOrder = List.of(stores);
        return (registry, repository) -> {
            for (CredentialStore store : inOrder) {
                Optional<Credentials> found = store.find(registry, repository);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        };
    }
}
