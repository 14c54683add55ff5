package dev.berth.registry.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.RequestOrigin;
import dev.berth.registry.account.LoginEvents;
import dev.berth.registry.internal.name.OutsideNames;
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

/** Accepts tokens of an outside service, and no passwords. */
final class OutsideTokenAuthenticator implements Authenticator {
    private static final String TOKEN = "token";

    private final BearerChallenges challenges;
    private final TokenVerifier tokens;
    private final Optional<AccessPolicy> policy;
    private final LoginEvents events;

    /** @param policy what callers may do; empty if their tokens alone decide */
    OutsideTokenAuthenticator(
            BearerChallenges challenges, TokenVerifier tokens, Optional<AccessPolicy> policy, LoginEvents events) {
        this.challenges = challenges;
        this.tokens = tokens;
        this.policy = policy;
        this.events = events;
    }

    @Override
    public Caller authenticate(RegistryRequest request, RequestedAccess access) {
        Optional<String> token = BearerToken.of(request);
        if (token.isPresent()) {
            return byToken(token.get(), request, access);
        }
        if (hasPassword(request)) {
            throw challenges.refused(
                    request,
                    access,
                    "",
                    "This registry takes tokens, and no passwords: log in where the challenge says");
        }
        if (policy.isEmpty() || access.action() == RequestedAccess.Action.PING) {
            throw challenges.refused(
                    request, access, "", "This registry takes tokens: ask for one where the challenge says");
        }
        return Caller.anonymous();
    }

    private static boolean hasPassword(RegistryRequest request) {
        try {
            return BasicCredentials.of(request).isPresent();
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.UNAUTHORIZED) {
                return true;
            }
            throw e;
        }
    }

    private Caller byToken(String token, RegistryRequest request, RequestedAccess access) {
        Caller caller;
        ScopeSet scopes;
        try {
            JWTClaimsSet claims = tokens.verify(token);
            scopes = TokenScopes.of(claims);
            caller = caller(claims);
        } catch (InvalidTokenException e) {
            events.refused("", TOKEN, e.reason(), RequestOrigin.of(request));
            throw challenges.refused(request, access, "invalid_token", "The token is not good: " + e.reason());
        }
        if (!scopes.covers(Scopes.needed(access)) && mayHaveMore(caller, scopes, access)) {
            throw challenges.refused(
                    request, access, "insufficient_scope", "The token is not for this; ask for another one");
        }
        if (!caller.isAnonymous()) {
            events.accepted("outside:" + caller.name(), caller, TOKEN, RequestOrigin.of(request));
        }
        return events.admitted(TokenLimit.ofToken(caller, scopes, access), TOKEN, access, request);
    }

    private static Caller caller(JWTClaimsSet claims) throws InvalidTokenException {
        String subject = claims.getSubject();
        if (subject == null || subject.isEmpty()) {
            return Caller.anonymous();
        }
        if (!OutsideNames.isPrintable(subject)) {
            throw new InvalidTokenException("its subject (sub) is no name: it has up to 255 printable characters");
        }
        return Caller.named(subject);
    }

    /** Returns whether a token with further scopes would help the caller. */
    private boolean mayHaveMore(Caller caller, ScopeSet scopes, RequestedAccess access) {
        ScopeSet needed = Scopes.needed(access);
        return policy.isEmpty()
                || caller.isAnonymous()
                || Scopes.hasMore(Scopes.granted(needed, caller, policy.get()), scopes, needed);
    }

    @Override
    public List<String> challenges(RegistryRequest request, RequestedAccess access) {
        return challenges.of(request, access);
    }
}
