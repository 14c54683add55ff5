package dev.berth.registry.server;

import dev.berth.registry.RepositoryName;

/**
 * What the credentials of a request are restricted to: the scopes of a token, or the repositories of a robot account. A
 * limit only narrows the rights that the caller has. Thread-safe.
 *
 * <p>The server enforces the limit of a {@link Caller} at each request, before it asks the {@link RegistryResolver}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AccessLimit {

    /**
     * Returns whether the credentials permit this access. Called several times for some requests, so it should be
     * quick.
     *
     * @param access the access, never {@code PING}. The source of a mount is checked separately, as
     *     {@link RequestedAccess#pull}
     */
    boolean allows(RequestedAccess access);

    /**
     * Returns whether a blob may be mounted from a repository that the request does not name, for a push that the
     * credentials permit. By default, where they permit to pull.
     */
    default boolean allowsMountFrom(RepositoryName source) {
        return allows(RequestedAccess.pull(source));
    }
}
