package dev.berth.registry.server;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import java.util.List;

/** Authenticates callers and translates refusals. */
final class Gatekeeper {
    private final Authenticator authenticator;

    Gatekeeper(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /**
     * Authenticates and records the caller of a request.
     *
     * @throws RegistryException if the caller is not authenticated, or its credentials do not permit this access
     */
    Caller admit(RegistryRequest request, RequestedAccess access) {
        Caller caller = authenticator.authenticate(request, access);
        request.exchange().caller(caller);
        if (access.action() != RequestedAccess.Action.PING && !caller.isWithinLimit(access)) {
            throw RegistryException.of(
                    ErrorCode.DENIED,
                    "You may not do this with the credentials of the request; ask an administrator of this registry for"
                            + " the right to do so");
        }
        return caller;
    }

    /** Authenticates the caller of a request as {@link #admit}, and refuses an anonymous one. */
    Caller requireNamed(RegistryRequest request, RequestedAccess access) {
        Caller caller = admit(request, access);
        if (caller.isAnonymous()) {
            throw withChallenges(
                    RegistryException.of(ErrorCode.UNAUTHORIZED, "Authentication is required"), request, access);
        }
        return caller;
    }

    /**
     * Translates a failure of the registry for the client of this server. Challenges in it were made by another server,
     * to which clients would send the credentials that they have for this one: they are dropped. An anonymous client is
     * challenged by this server's own authenticator instead, unless the refusal came from another server. Everyone else
     * is denied: authenticating again would not help.
     */
    RegistryException withChallenges(RegistryException e, RegistryRequest request, RequestedAccess access) {
        if (e.code() != ErrorCode.UNAUTHORIZED) {
            return e;
        }
        boolean ours =
                !e.isRemote() && e.challenges().isEmpty() && request.caller().isAnonymous();
        List<String> challenges = ours ? authenticator.challenges(request, access) : List.of();
        List<RegistryError> errors = challenges.isEmpty()
                ? e.errors().stream().map(Gatekeeper::denied).toList()
                : e.errors();
        RegistryException.Builder told =
                RegistryException.builder(errors).cause(e).challenges(challenges);
        e.retryAfter().ifPresent(told::retryAfter);
        e.uploadOffset().ifPresent(told::uploadOffset);
        if (e.isRemote()) {
            told.remote();
        }
        return told.build();
    }

    private static RegistryError denied(RegistryError error) {
        return error.code() == ErrorCode.UNAUTHORIZED
                ? new RegistryError(ErrorCode.DENIED, error.message(), error.detail())
                : error;
    }
}
