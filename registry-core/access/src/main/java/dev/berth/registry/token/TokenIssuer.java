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

    /** What servers and proxies take in a field of a request. */
    private static final int LONGEST = 7 * 1024;

    private final TokenOptions options;

    TokenIssuer(TokenOptions options) {
        this.options = options;
    }

    /**
     * Returns a token for these scopes.
     *
     * @param account the account, or empty for an anonymous caller
     * @throws dev.berth.registry.RegistryException with {@code REQUEST_INVALID} if it would be too long for a field of a
     *     request
     */
    String token(Optional<Account> account, ScopeSet scopes) {
        JWTClaimsSet.Builder claims =
                claims(account.map(Account::subject).orElse(""), options.service(), options.lifetime());
        account.ifPresent(known -> claims.claim(VERSION, known.version()));
        String token = sign(claims.claim(
                ACCESS,
                scopes.scopes().stream()
                        .map(scope -> Map.of(
                                "type", scope.type(),
                                "name", scope.name(),
                                "actions", List.copyOf(scope.actions())))
                        .toList()));
        if (token.length() > LONGEST) {
            throw TokenRequest.invalid("These are too many scopes: the token would have more than " + LONGEST
                    + " characters, which no request could carry; ask for fewer scopes");
        }
        return token;
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
