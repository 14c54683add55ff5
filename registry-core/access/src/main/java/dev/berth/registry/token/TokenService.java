package dev.berth.registry.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.RequestOrigin;
import dev.berth.registry.account.Account;
import dev.berth.registry.account.Logins;
import dev.berth.registry.internal.token.InvalidTokenException;
import dev.berth.registry.internal.token.TokenVerifier;
import dev.berth.registry.internal.wire.ScopeSet;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;
import dev.berth.registry.server.basic.BasicCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Issues tokens to those who log in, and verifies them: Docker's token authentication, by which one registry has public
 * and private repositories. Thread-safe.
 *
 * <pre>{@code
 * TokenService tokens = TokenService.of(logins, policy, options);
 * RegistryServer.builder((caller, access, request) -> Authorized.of(registry, caller, policy))
 *         .authenticator(tokens.authenticator())
 *         .route("/token", tokens)
 *         .route("/token/jwks", tokens.keys())
 *         .route("/token/certificates", tokens.certificates())
 * }</pre>
 *
 * <p>A token has the scopes that were asked for, as far as the policy allows them. It only narrows: each request is checked
 * against the policy and the account as they are then. So a removed account or right ends with the next request, not with
 * the token. Tokens are signed in a way that {@code registry:2} and {@code registry:3} verify too.
 *
 * @since 0.1
 */
public final class TokenService implements RegistryHandler {
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final String JSON = "application/json";
    private static final Duration CERTIFIED_BEFORE = Duration.ofDays(1);
    private static final Duration CERTIFIED_FOR = Duration.ofDays(3650);

    private final Logins logins;
    private final AccessPolicy policy;
    private final TokenOptions options;
    private final TokenIssuer issuer;
    private final TokenVerifier refreshTokens;

    private TokenService(Logins logins, AccessPolicy policy, TokenOptions options) {
        this.logins = Objects.requireNonNull(logins, "logins");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.options = Objects.requireNonNull(options, "options");
        this.issuer = new TokenIssuer(options);
        this.refreshTokens = verifier(issuer.refreshAudience());
    }

    /** Returns a service that issues tokens to these accounts. */
    public static TokenService of(Logins logins, AccessPolicy policy, TokenOptions options) {
        return new TokenService(logins, policy, options);
    }

    private TokenVerifier verifier(String audience) {
        return new TokenVerifier(
                options.issuer(), audience, new OwnKeys(options), Set.of(JWSAlgorithm.ES256), options.clock());
    }

    /** Returns the authenticator that accepts the tokens of this service. */
    public Authenticator authenticator() {
        return new TokenAuthenticator(
                logins,
                policy,
                new BearerChallenges(options.service(), options.realm(), options.path()),
                verifier(options.service()));
    }

    /**
     * Returns the handlers to mount beside the API, by their paths: this service, and below it its keys at {@code jwks} and
     * their certificates at {@code certificates}.
     */
    public Map<String, RegistryHandler> routes() {
        return Map.of(
                options.path(),
                this,
                options.path() + "/jwks",
                keys(),
                options.path() + "/certificates",
                certificates());
    }

    /** Returns a handler with the public keys as a JWK set (RFC 7517). */
    public RegistryHandler keys() {
        return request -> {
            if (!isOneOf(request, "GET", "HEAD")) {
                return notAllowed("GET, HEAD");
            }
            JWKSet keys = new JWKSet(
                    options.keys().stream().map(SigningKey::publicKey).toList());
            return json(keys.toJSONObject(true)).build();
        };
    }

    /**
     * Returns a handler with certificates of the public keys in PEM form: the {@code rootcertbundle} of a
     * {@code registry:2} or {@code registry:3} that is to accept these tokens.
     */
    public RegistryHandler certificates() {
        return request -> {
            if (!isOneOf(request, "GET", "HEAD")) {
                return notAllowed("GET, HEAD");
            }
            Instant now = options.clock().instant();
            StringBuilder bundle = new StringBuilder();
            for (SigningKey key : options.keys()) {
                bundle.append(key.certificate(options.issuer(), now.minus(CERTIFIED_BEFORE), CERTIFIED_FOR));
            }
            return RegistryResponse.builder(200)
                    .header("Content-Type", "application/x-pem-file")
                    .body(ResponseBody.of(bundle.toString().getBytes(StandardCharsets.US_ASCII)))
                    .build();
        };
    }

    /** Answers a request for a token, by GET or POST. */
    @Override
    public RegistryResponse handle(RegistryRequest request) throws IOException {
        if (!isOneOf(request, "GET", "POST")) {
            return notAllowed("GET, POST");
        }
        try {
            return issue(TokenRequest.of(request), request);
        } catch (RegistryException e) {
            throw e.code() == ErrorCode.UNAUTHORIZED
                    ? RegistryException.builder(e.errors())
                            .challenges(List.of(BasicCredentials.challenge(options.service())))
                            .build()
                    : e;
        }
    }

    private Optional<Account> account(TokenRequest asked, RegistryRequest request) {
        if (asked.refreshToken().isPresent()) {
            return Optional.of(refreshed(asked.refreshToken().get(), request));
        }
        return asked.credentials().map(credentials -> logins.login(credentials, RequestOrigin.of(request)));
    }

    private Account refreshed(String token, RegistryRequest request) {
        try {
            JWTClaimsSet claims = refreshTokens.verify(token);
            return logins.accounts()
                    .find(
                            String.valueOf(claims.getSubject()),
                            TokenIssuer.version(claims).orElse(""))
                    .orElseThrow(() -> new InvalidTokenException("its account is gone or has another password"));
        } catch (InvalidTokenException e) {
            logins.events().refused("", "token", e.reason(), RequestOrigin.of(request));
            throw RegistryException.of(
                    ErrorCode.UNAUTHORIZED, "The refresh token is not good: " + e.reason() + "; log in again");
        }
    }

    /**
     * podman and skopeo read the catalogue with a token for nothing, and with one for the catalogue when that was refused. Only
     * there they ask for none in particular.
     */
    private static boolean isCatalogueReader(RegistryRequest request) {
        return request.header("User-Agent")
                .filter(agent -> agent.startsWith("containers/"))
                .isPresent();
    }

    private RegistryResponse issue(TokenRequest asked, RegistryRequest request) {
        if (!asked.isFor(options.service())) {
            throw TokenRequest.invalid("Tokens are issued for the service '" + options.service() + "' only");
        }
        Optional<Account> account = account(asked, request);
        if (account.isEmpty() && asked.scopes().isEmpty() && !isCatalogueReader(request)) {
            throw RegistryException.of(
                    ErrorCode.UNAUTHORIZED,
                    "Authentication is required: log in with a user name and a password (docker login)");
        }
        Caller caller = account.map(Account::caller).orElseGet(Caller::anonymous);
        ScopeSet granted = Scopes.granted(asked.scopes(), caller, policy);
        String token = issuer.token(account, granted);
        logins.events().issued(account, granted.toString(), RequestOrigin.of(request));
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("token", token);
        // The same under the name of OAuth 2.
        response.put("access_token", token);
        response.put("expires_in", options.lifetime().toSeconds());
        response.put("scope", granted.toString());
        if (asked.offline()) {
            // Clients keep it instead of the password, and use it again and again.
            account.ifPresent(known -> response.put("refresh_token", issuer.refreshToken(known)));
        }
        return json(response).header("Cache-Control", "no-store").build();
    }

    private static RegistryResponse.Builder json(Map<String, Object> content) {
        return RegistryResponse.builder(200)
                .header("Content-Type", JSON)
                .body(ResponseBody.of(JSONObjectUtils.toJSONString(content).getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isOneOf(RegistryRequest request, String... methods) {
        return List.of(methods).contains(request.method());
    }

    private static RegistryResponse notAllowed(String methods) {
        return RegistryResponse.builder(METHOD_NOT_ALLOWED)
                .header("Allow", methods)
                .build();
    }
}
