package dev.berth.registry.server;

import java.util.List;

/**
 * Determines who makes a request. Thread-safe.
 *
 * <p>Only an authenticator makes challenges: those in an exception of the registry belong to another server, and are
 * not passed on.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Authenticator {

    /**
     * Returns who makes the request.
     *
     * @param request the request
     * @param access what it asks for
     * @throws dev.berth.registry.RegistryException with {@code UNAUTHORIZED} and its challenges if credentials are
     *     missing or wrong; with {@code TOOMANYREQUESTS} after too many attempts; with {@code UNAVAILABLE} if the
     *     credentials cannot be checked at present
     */
    Caller authenticate(RegistryRequest request, RequestedAccess access);

    /**
     * Returns the challenges, values of {@code WWW-Authenticate}, for an anonymous caller who was let in but is then
     * refused with {@code UNAUTHORIZED} by the registry. Without any, the caller is refused with {@code DENIED}.
     */
    default List<String> challenges(RegistryRequest request, RequestedAccess access) {
        return List.of();
    }

    /** Returns an authenticator to which every caller is anonymous. */
    static Authenticator none() {
        return NoAuthentication.INSTANCE;
    }
}
