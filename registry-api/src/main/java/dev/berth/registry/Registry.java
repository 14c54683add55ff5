package dev.berth.registry;

/**
 * A container registry: repositories by name.
 *
 * <p>This is the central interface of Berth. The storage engine, the client of a remote registry, OCI layouts and
 * compositions of registries implement it. The HTTP server serves any of them.
 *
 * <p>Implementations are thread-safe. Calls block and may be made from virtual threads. Interrupting the calling thread
 * ends its call with {@link ErrorCode#UNAVAILABLE} and does not affect other calls.
 *
 * <p>The creator of a registry closes it. A registry that wraps other registries does not close them.
 *
 * @since 0.1
 */
public interface Registry extends AutoCloseable {

    /**
     * Returns a view of the repository with this name.
     *
     * <p>Performs no I/O and never fails: the repository need not exist. The view holds no resources and may be kept.
     */
    Repository repository(RepositoryName name);

    /**
     * Parses a name and returns a view of the repository: {@code registry.repository("team/app")}.
     *
     * @throws IllegalArgumentException if the name is not valid; the message says what is allowed
     * @see #repository(RepositoryName)
     */
    default Repository repository(String name) {
        return repository(RepositoryName.parse(name));
    }

    /**
     * Lists the repositories that exist, in lexical order of their names (by ASCII value).
     *
     * <p>A repository exists while it has a manifest. Iteration fails with {@link ErrorCode#UNSUPPORTED} if the
     * registry has no catalog, and with {@link ErrorCode#DENIED} or {@link ErrorCode#UNAUTHORIZED} if the caller may
     * not list it.
     */
    Listing<RepositoryName, RepositoryName> repositories();

    /**
     * Identifies the registry that this object accesses. Two objects with equal identities access the same
     * repositories, so a blob of one can be mounted in the other. Two objects that access the same repositories may
     * have different identities.
     */
    RegistryIdentity identity();

    /**
     * Checks that this registry can serve requests: returns normally if its storage, or the remote registry, responds.
     * The check takes one round trip, reads no content and changes nothing, so a health endpoint may call it every few
     * seconds. Success implies nothing about a particular repository or about access to it.
     *
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if the storage or the network fails, or this
     *     registry is closed; {@link ErrorCode#UNAUTHORIZED} or {@link ErrorCode#DENIED} if access is refused;
     *     {@link ErrorCode#TOOMANYREQUESTS} if a remote registry limits the rate of requests
     */
    void checkHealth();

    /** Releases all resources. Idempotent. Later calls fail with {@link ErrorCode#UNAVAILABLE}. */
    @Override
    void close();
}
