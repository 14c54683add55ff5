package dev.berth.registry.server;

import java.util.List;

/** Finds out who makes a request. Thread-safe. */
@FunctionalInterface
public interface Authenticator {

    /**
     * Returns who makes the request.
     *
     * @throws dev.berth.registry.RegistryException with {@code UNAUTHORIZED} and its challenges if that must be proved
     *     and was not, or if what was given as a proof is wrong; with {@code TOOMANYREQUESTS} if there were too many
     *     attempts
     */
    Caller authenticate(RegistryRequest request);

    /**
     * Returns the challenges for a caller who was let in but then refused with {@code UNAUTHORIZED} by the registry
     * that it sees: values of {@code WWW-Authenticate}.
     */
    default List<String> challenges(RegistryRequest request) {
        return List.of();
    }

    /** An authenticator to which everyone is anonymous. */
    static Authenticator none() {
        return request -> Caller.anonymous();
    }
}
