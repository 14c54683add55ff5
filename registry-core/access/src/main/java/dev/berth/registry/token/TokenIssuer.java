package dev.berth.registry.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.berth.registry.account.Account;
import dev.berth.registry.internal.wire.ScopeSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes tokens. Thread-safe. */
final class TokenIssuer {
    /** What refresh tokens have in addition to the audience of others, so that neither is taken for the other. */
    private static final String REFRESH = "/refresh";

    private static final String VERSION = "version";
    private static final String ACCESS = "access";

    private final TokenOptions options;

    TokenIssuer(TokenOptions options) {
        this.options = options;
    }

    /**
     * Returns a token for these scopes.
     *
     * @param account the account, or empty for an anonymous caller
     */
    String token(Optional<Account> account, ScopeSet scopes) {
        JWTClaimsSet.Builder claims =
                claims(account.map(Account::subject).orElse(""), options.service(), options.lifetime());
        account.ifPresent(known -> claims.claim(VERSION, known.version()));
        return sign(claims.claim(
                ACCESS,
                scopes.scopes().stream()
                        .map(scope -> Map.of(
                                "type", scope.type(),
                                "name", scope.name(),
                                "actions", List.copyOf(scope.actions())))
                        .toList()));
    }

    /** Returns a token by which its account gets others without a password. */
    String refreshToken(Account account) {
        return sign(claims(account.subject(), refreshAudience(), options.refreshLifetime())
                .claim(VERSION, account.version()));
    }

    String refreshAudience() {
        return options.service() + REFRESH;
    }

    /** Returns the version of the account that a token was made for, if the token says so, as all of this service do. */
    static Optional<String> version(JWTClaimsSet token) {
        return Optional.ofNullable(token.getClaim(VERSION)).map(String::valueOf);
    }

    private JWTClaimsSet.Builder claims(String subject, String audience, Duration lifetime) {
        Instant now = options.clock().instant();
        return new JWTClaimsSet.Builder()
                .issuer(options.issuer())
                .subject(subject)
                .audience(audience)
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .jwtID(UUID.randomUUID().toString());
    }

    private String sign(JWTClaimsSet.Builder claims) {
        return options.keys().get(0).sign(claims.build());
    }
}
