package dev.berth.registry.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.RequestOrigin;
import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.account.LoginEvents;
import dev.berth.registry.account.Logins;
import dev.berth.registry.internal.token.BearerToken;
import dev.berth.registry.internal.token.InvalidTokenException;
import dev.berth.registry.internal.token.TokenVerifier;
import dev.berth.registry.internal.wire.ScopeSet;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import dev.berth.registry.server.basic.BasicCredentials;
import java.util.List;
import java.util.Optional;

/**
 * Accepts tokens, and requests without any as anonymous, but for the ping: a client that is not challenged there asks for
 * no token. A name and a password, instead of a token, are accepted too.
 */
final class TokenAuthenticator implements Authenticator {
    private static final String TOKEN = "token";

    private final Logins logins;
    private final AccessPolicy policy;
    private final BearerChallenges challenges;
    private final TokenVerifier tokens;

    TokenAuthenticator(Logins logins, AccessPolicy policy, BearerChallenges challenges, TokenVerifier tokens) {
        this.logins = logins;
        this.policy = policy;
        this.challenges = challenges;
        this.tokens = tokens;
    }

    @Override
    public Caller authenticate(RegistryRequest request, RequestedAccess access) {
        Optional<String> token = BearerToken.of(request);
        if (token.isPresent()) {
            return byToken(token.get(), request, access);
        }
        try {
            return BasicCredentials.of(request)
                    .map(credentials -> byPassword(credentials, request, access))
                    .orElseGet(() -> anonymous(request, access));
        } catch (RegistryException e) {
            throw e.code() == ErrorCode.UNAUTHORIZED && e.challenges().isEmpty()
                    ? RegistryException.builder(e.errors())
                            .challenges(challenges.of(request, access))
                            .build()
                    : e;
        }
    }

    private Caller byPassword(BasicCredentials credentials, RegistryRequest request, RequestedAccess access) {
        Account account = logins.login(credentials, RequestOrigin.of(request));
        return logins.events().admitted(account.caller(), LoginEvents.credentials(account), access, request);
    }

    private Caller anonymous(RegistryRequest request, RequestedAccess access) {
        if (access.action() == RequestedAccess.Action.PING) {
            throw challenges.refused(
                    request, access, "", "This registry takes tokens: ask for one where the challenge says");
        }
        return Caller.anonymous();
    }

    private Caller byToken(String token, RegistryRequest request, RequestedAccess access) {
        Caller caller;
        ScopeSet scopes;
        try {
            JWTClaimsSet claims = tokens.verify(token);
            scopes = TokenScopes.of(claims);
            caller = caller(claims);
        } catch (InvalidTokenException e) {
            logins.events().refused("", TOKEN, e.reason(), RequestOrigin.of(request));
            throw challenges.refused(request, access, "invalid_token", "The token is not good: " + e.reason());
        }
        if (!scopes.covers(Scopes.needed(access)) && mayHaveMore(caller, scopes, access)) {
            String message = caller.isAnonymous()
                    ? "Authentication is required for this; log in first (docker login)"
                    : "The token is not for this; ask for another one";
            throw challenges.refused(request, access, "insufficient_scope", message);
        }
        return logins.events().admitted(TokenLimit.ofAccount(caller, scopes, access), TOKEN, access, request);
    }

    private Caller caller(JWTClaimsSet claims) throws InvalidTokenException {
        String subject = claims.getSubject();
        if (subject == null) {
            throw new InvalidTokenException("it has no subject (sub)");
        }
        Accounts accounts = logins.accounts();
        return subject.isEmpty()
                ? Caller.anonymous()
                : TokenIssuer.version(claims)
                        .map(version -> accounts.find(subject, version))
                        .orElseGet(() -> accounts.find(subject))
                        .map(Account::caller)
                        .orElseThrow(() -> new InvalidTokenException(
                                "its account is gone or has another password, or its login has ended; log in again"));
    }

    /** Returns whether the caller would get a token with scopes that this one lacks: by asking, or by logging in. */
    private boolean mayHaveMore(Caller caller, ScopeSet scopes, RequestedAccess access) {
        ScopeSet needed = Scopes.needed(access);
        ScopeSet granted = Scopes.granted(needed, caller, policy);
        return caller.isAnonymous() || Scopes.hasMore(granted, scopes, needed);
    }

    @Override
    public List<String> challenges(RegistryRequest request, RequestedAccess access) {
        return challenges.of(request, access);
    }
}
