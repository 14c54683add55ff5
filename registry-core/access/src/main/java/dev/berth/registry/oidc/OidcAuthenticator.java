package dev.berth.registry.oidc;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.RequestOrigin;
import dev.berth.registry.account.LoginEvents;
import dev.berth.registry.internal.token.BearerToken;
import dev.berth.registry.internal.token.InvalidTokenException;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Takes Bearer tokens of an issuer. */
final class OidcAuthenticator implements Authenticator {
    private static final String KIND = "oidc";

    private final OidcAccounts accounts;
    private final Authenticator next;
    private final LoginEvents events;
    private final Predicate<String> taken;

    OidcAuthenticator(OidcAccounts accounts, Authenticator next, LoginEvents events, Predicate<String> taken) {
        this.accounts = accounts;
        this.next = next;
        this.events = events;
        this.taken = taken;
    }

    @Override
    public Caller authenticate(RegistryRequest request, RequestedAccess access) {
        Optional<String> token = BearerToken.of(request).filter(accounts::isOfIssuer);
        if (token.isEmpty()) {
            return next.authenticate(request, access);
        }
        try {
            Caller caller = accounts.caller(token.get());
            if (taken.test(caller.name())) {
                throw new InvalidTokenException("its user name belongs to another account of this registry");
            }
            events.accepted(KIND + ":" + caller.name(), caller, KIND, RequestOrigin.of(request));
            return events.admitted(caller, KIND, access, request);
        } catch (InvalidTokenException e) {
            events.refused("", KIND, e.reason(), RequestOrigin.of(request));
            throw RegistryException.builder(RegistryError.of(ErrorCode.UNAUTHORIZED, accounts.refusal(e)))
                    .challenges(challenges(request, access).stream()
                            .map(OidcAuthenticator::withReason)
                            .toList())
                    .build();
        }
    }

    private static String withReason(String challenge) {
        return challenge.startsWith("Bearer ") && !challenge.contains("error=")
                ? challenge + ",error=\"invalid_token\""
                : challenge;
    }

    @Override
    public List<String> challenges(RegistryRequest request, RequestedAccess access) {
        return next.challenges(request, access);
    }
}
