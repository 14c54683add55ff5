package dev.berth.registry.client.credentials;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the credentials for a registry. It is called when a registry demands authentication, and again when the registry
 * has refused the credentials: a changed password takes effect without a restart. For credentials with an
 * {@linkplain Credentials#expiry() expiry} it is called again when a tenth of the time is left for which they were good, an
 * hour before the expiry at the earliest. If it fails then, the old ones are used until they expire.
 *
 * <p>Implementations are thread-safe. They may block; a thread that is interrupted meanwhile gets an exception.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CredentialStore {

    /**
     * Finds credentials.
     *
     * @param registry the registry as references name it: host, or host and port; {@code docker.io} for Docker Hub
     * @param repository the repository that is accessed, if there is one: some stores have credentials for single ones
     * @return the credentials, or empty to stay anonymous
     * @throws RegistryException with {@link ErrorCode#UNAUTHORIZED} if there is an entry that cannot be used; the
     *     message names it, and has no secret
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

    /** Returns a store that asks each of these in turn, until one has credentials. */
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
