package dev.berth.registry.testing;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.account.Logins;
import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import dev.berth.registry.token.SigningKey;
import dev.berth.registry.token.TokenOptions;
import dev.berth.registry.token.TokenService;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tokens for everything to everybody who has a password, by a {@link TokenService}; and tokens that expire when a test wants
 * it. Nothing else is accepted: neither a password instead of a token, nor a request without any. Thread-safe.
 */
final class TokenAccess implements Authenticator {
    static final String PATH = "/token";

    /** The {@code service} of every challenge and of every request for a token. */
    private static final String NAME = "berth-test-registry";

    private static final String SCHEME = "Bearer ";
    private static final int CAPACITY = 10_000;

    private final TokenService service;
    private final Authenticator tokens;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<String, Boolean> expired = new RecentlyUsed<>(CAPACITY);

    TokenAccess(Map<String, String> users, InstantSource clock) {
        AccessPolicy everything = (caller, action, repository) -> !caller.isAnonymous();
        TokenOptions options = TokenOptions.builder(NAME, List.of(SigningKey.generate()))
                .path(PATH)
                .clock(clock)
                .build();
        this.service = TokenService.of(Logins.of(new FixedAccounts(users)), everything, options);
        this.tokens = service.authenticator();
    }

    /** Returns the handler that issues tokens. */
    RegistryHandler service() {
        return service;
    }

    @Override
    public Caller authenticate(RegistryRequest request, RequestedAccess access) {
        Optional<String> token = token(request);
        if (token.isEmpty()) {
            throw refused(
                    challenges(request, access),
                    "This registry wants a token: get one with a user name and a password where the challenge says");
        }
        if (isExpired(token.get())) {
            throw refused(
                    challenges(request, access).stream()
                            .map(challenge -> challenge + ",error=\"invalid_token\"")
                            .toList(),
                    "The token has expired");
        }
        Caller caller = tokens.authenticate(request, access);
        if (caller.isAnonymous()) {
            throw refused(challenges(request, access), "The token is one of nobody: log in for another one");
        }
        return caller;
    }

    @Override
    public List<String> challenges(RegistryRequest request, RequestedAccess access) {
        return tokens.challenges(request, access);
    }

    private static RegistryException refused(List<String> challenges, String message) {
        return RegistryException.builder(RegistryError.of(ErrorCode.UNAUTHORIZED, message))
                .challenges(challenges)
                .build();
    }

    private static Optional<String> token(RegistryRequest request) {
        return request.header(WireHeaders.AUTHORIZATION)
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }

    /** Lets the token that a request brings expire now. */
    void expireTokenOf(RegistryRequest request) {
        token(request).ifPresent(token -> {
            lock.lock();
            try {
                expired.put(token, true);
            } finally {
                lock.unlock();
            }
        });
    }

    private boolean isExpired(String token) {
        lock.lock();
        try {
            return expired.get(token) != null;
        } finally {
            lock.unlock();
        }
    }
}
