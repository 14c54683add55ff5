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
 */
public interface Registry extends AutoCloseable {

    /**
     * Returns a view of the repository of this name.
     *
     * <p>Does no I/O and never fails: the repository need not exist. The view holds no resources and may be kept.
     */
    Repository repository(RepositoryName name);

    /**
     * Lists the repositories that exist, in lexical order of their names (by ASCII value).
     *
     * <p>A repository exists from its first manifest to its last. Iterating fails with {@link ErrorCode#UNSUPPORTED}
     * where a registry keeps no catalogue, and with {@link ErrorCode#DENIED} or {@link ErrorCode#UNAUTHORIZED} where it
     * does not show it.
     */
    Listing<RepositoryName> repositories();

    /**
     * Says which registry stands behind this object: equal for two objects only if both surely reach the same
     * repositories, so that a blob of one can be mounted in the other. Two objects that do reach the same ones may still
     * differ in their identity.
     */
    RegistryIdentity identity();

    /** Releases what this registry holds. May be called repeatedly. Calls made after it fail with UNAVAILABLE. */
    @Override
    void close();
}
