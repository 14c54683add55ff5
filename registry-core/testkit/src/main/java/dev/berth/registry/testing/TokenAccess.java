package dev.berth.registry.testing;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.wire.Scope;
import dev.berth.registry.internal.wire.ScopeSet;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Accepts the tokens that the {@link TokenEndpoint} of this registry has issued, each for its scopes only:
 * the way of Docker's token specification, by which a client learns from the challenge where to get one and for what.
 */
final class TokenAccess implements Authenticator {
    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;

    TokenAccess(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Caller authenticate(RegistryRequest request, RequestedAccess access) {
        ScopeSet needed = NeededScopes.of(access);
        Tokens.Grant grant = token(request)
                .map(token -> tokens.find(token)
                        .orElseThrow(() -> refused(
                                request,
                                needed,
                                "invalid_token",
                                "The token has expired, or is none of this registry")))
                .orElseThrow(
                        () -> refused(
                                request,
                                needed,
                                "",
                                "This registry wants a token: get one with a user name and a password where the challenge says"));
        if (!grant.scopes().covers(needed)) {
            throw refused(request, needed, "insufficient_scope", "The token is not for " + list(needed));
        }
        return Caller.named(grant.user());
    }

    /** Returns the token that a request brings. */
    static Optional<String> token(RegistryRequest request) {
        return request.header(WireHeaders.AUTHORIZATION)
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }

    @Override
    public List<String> challenges(RegistryRequest request, RequestedAccess access) {
        return List.of(challenge(request, NeededScopes.of(access), ""));
    }

    private static RegistryException refused(
            RegistryRequest request, ScopeSet needed, String error, String message) {
        return RegistryException.builder(RegistryError.of(ErrorCode.UNAUTHORIZED, message))
                .challenges(List.of(challenge(request, needed, error)))
                .build();
    }

    /** The address is the one under which the client came: certificates and proxies know no other. */
    private static String challenge(RegistryRequest request, ScopeSet needed, String error) {
        String host = request.host().orElse("localhost").replace("\"", "");
        return SCHEME + "realm=\"" + (request.secure() ? "https://" : "http://") + host + TokenEndpoint.PATH + "\""
                + ",service=\"" + TokenEndpoint.NAME + "\""
                + (needed.isEmpty() ? "" : ",scope=\"" + needed + "\"")
                + (error.isEmpty() ? "" : ",error=\"" + error + "\"");
    }

    private static String list(ScopeSet scopes) {
        return scopes.scopes().stream().map(Scope::toString).collect(Collectors.joining(" and "));
    }
}
