package dev.berth.registry;

/**
 * A container registry: repositories by name.
 *
 * <p>This is the one abstraction of Berth. The hosting engine, a client of a remote registry, an OCI layout on disk and
 * every composition of them implement it, and the HTTP server serves any of them.
 *
 * <p>Implementations are thread-safe. Calls block; they may be made from virtual threads. Interrupting the calling
 * thread ends a call with {@link ErrorCode#UNAVAILABLE} and harms nothing that others use.
 *
 * <p>Whoever creates a registry closes it. A registry made of other registries does not close those.
 *
 * @since 0.1
 */
public interface Registry extends AutoCloseable {

    /**
     * Returns a view of the repository of this name.
     *
     * <p>Does no I/O and never fails: the repository need not exist. The view holds no resources and may be kept.
     */
    Repository repository(RepositoryName name);

    /**
     * Returns a view of the repository of this name, which is parsed: {@code registry.repository("team/app")}.
     *
     * @throws IllegalArgumentException if it is not a valid name; the message says what is allowed
     * @see #repository(RepositoryName)
     */
    default Repository repository(String name) {
        return repository(RepositoryName.parse(name));
    }

    /**
     * Lists the repositories that exist, in lexical order of their names (by ASCII value).
     *
     * <p>A repository exists from its first manifest to its last. Iterating fails with {@link ErrorCode#UNSUPPORTED}
     * where a registry keeps no catalogue, and with {@link ErrorCode#DENIED} or {@link ErrorCode#UNAUTHORIZED} where it
     * does not show it.
     */
    Listing<RepositoryName, RepositoryName> repositories();

    /**
     * Says which registry stands behind this object: equal for two objects only if both surely reach the same
     * repositories, so that a blob of one can be mounted in the other. Two objects that do reach the same ones may still
     * differ in their identity.
     */
    RegistryIdentity identity();

    /**
     * Checks that this registry can serve requests now: returns if its storage, or the registry that it is a client of,
     * answers. For health checks of a service that may run every few seconds: costs one round trip, reads no content and
     * changes nothing. A success says nothing about a particular repository, nor about the rights to read or write it.
     *
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if the storage or the network fails, or this registry
     *     was closed (message and cause say why); with {@link ErrorCode#UNAUTHORIZED} or {@link ErrorCode#DENIED} where
     *     access is controlled and refused, {@link ErrorCode#TOOMANYREQUESTS} where a remote registry limits requests
     */
    void checkHealth();

    /** Releases what this registry holds. May be called repeatedly. Calls made after it fail with UNAVAILABLE. */
    @Override
    void close();
}
