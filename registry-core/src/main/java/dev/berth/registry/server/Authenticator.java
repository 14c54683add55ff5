package dev.berth.registry.server;

import java.util.List;

/**
 * Determines the caller of a request. Thread-safe.
 *
 * <p>Only the authenticator creates challenges. Challenges in an exception of the registry belong to another server and
 * are not sent to the client.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Authenticator {

    /**
     * Returns the caller of the request.
     *
     * @param request the request
     * @param access the requested access
     * @throws dev.berth.registry.RegistryException with {@code UNAUTHORIZED} and its challenges if credentials are
     *     missing or wrong; with {@code TOOMANYREQUESTS} after too many attempts; with {@code UNAVAILABLE} if the
     *     credentials cannot be verified because of a temporary failure
     */
    Caller authenticate(RegistryRequest request, RequestedAccess access);

    /**
     * Returns the challenges, values of {@code WWW-Authenticate}, for an anonymous caller that passed authentication
     * but is refused by the registry with {@code UNAUTHORIZED}. If there are none, the response is {@code DENIED}.
     */
    default List<String> challenges(RegistryRequest request, RequestedAccess access) {
        return List.of();
    }

    /** Returns an authenticator for which every caller is anonymous. */
    static Authenticator none() {
        return NoAuthentication.INSTANCE;
    }
}
