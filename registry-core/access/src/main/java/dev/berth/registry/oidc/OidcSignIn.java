package dev.berth.registry.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.account.Account;
import dev.berth.registry.internal.browser.BrowserCookie;
import dev.berth.registry.internal.token.InvalidTokenException;
import dev.berth.registry.internal.token.TokenVerifier;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.server.RegistryRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Signs people in with a browser by the pages of an issuer: the authorization code flow of OpenID Connect with PKCE (RFC 7636,
 * {@code S256}), state and nonce. Thread-safe.
 *
 * <p>{@link #begin} sends the browser to the issuer with a cookie that is good for ten minutes; the issuer sends it back to
 * {@value #CALLBACK} below the path of the pages, and {@link #end} says who it is. No server has to remember anything in
 * between, so it may be another one. The issuer must have that address among those of the client.
 *
 * @since 0.1
 */
public final class OidcSignIn {
    /** The path below that of the pages to which the issuer sends browsers back. */
    public static final String CALLBACK = "sign-in/callback";

    private static final String COOKIE = "berth_signin_";
    private static final int COOKIE_DIGITS = 8;
    private static final Duration COOKIE_AGE = Duration.ofMinutes(10);
    private static final int LONGEST_AFTER = 2_000;
    private static final int LONGEST_CODE = 8_192;
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

    private final OidcOptions options;
    private final SignInClient client;
    private final Endpoints endpoints;
    private final CodeExchange exchange;
    private final TokenVerifier tokens;
    private final BiFunction<Identity, Duration, Account> remember;
    private final String cookieName;
    private final SecureRandom random = new SecureRandom();

    /**
     * A sign-in that has begun.
     *
     * @param address the page of the issuer that the browser goes to
     * @param cookie the value of {@code Set-Cookie}, which is a secret of the browser
     * @since 0.1
     */
    public record Begun(URI address, String cookie) {
        /** Checks that nothing is null. */
        public Begun {
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(cookie, "cookie");
        }

        /** Contains nothing secret. */
        @Override
        public String toString() {
            return "begun sign-in";
        }
    }

    /**
     * A sign-in that has ended well.
     *
     * @param account who it is
     * @param after where the browser goes on to, as it was said at the beginning; it may have been changed by the browser
     * @since 0.1
     */
    public record Ended(Account account, String after) {
        /** Checks that nothing is null. */
        public Ended {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(after, "after");
        }
    }

    OidcSignIn(
            OidcOptions options,
            SignInClient client,
            Endpoints endpoints,
            CodeExchange exchange,
            TokenVerifier tokens,
            BiFunction<Identity, Duration, Account> remember) {
        this.options = options;
        this.client = client;
        this.endpoints = endpoints;
        this.exchange = exchange;
        this.tokens = tokens;
        this.remember = remember;
        // Of each issuer its own: the code of one is for no other.
        byte[] both = (options.issuer() + "\n" + client.id()).getBytes(StandardCharsets.UTF_8);
        this.cookieName = COOKIE + Digest.sha256(both).hex().substring(0, COOKIE_DIGITS);
    }

    /** Returns what people know the issuer by. */
    public String title() {
        return client.title().orElseGet(() -> String.valueOf(options.issuer().getHost()));
    }

    /**
     * Begins to sign somebody in.
     *
     * @param request the request of the browser
     * @param path the path of the pages as browsers know it, which ends with a slash
     * @param after where the browser goes on to at the end
     * @throws RegistryException with {@code UNAVAILABLE} if the issuer is not there; with {@code REQUEST_INVALID} if the
     *     request does not say by which host the browser knows this server
     */
    public Begun begin(RegistryRequest request, String path, String after) {
        String redirect = redirect(request, path);
        URI endpoint = endpoints
                .get()
                .authorization()
                .orElseThrow(() -> Endpoints.unavailable("it has no authorization_endpoint"));
        BegunSignIn begun = BegunSignIn.begin(after.length() > LONGEST_AFTER ? "" : after, random);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", client.id());
        query.put("redirect_uri", redirect);
        query.put("scope", "openid profile email");
        query.put("state", begun.state());
        query.put("nonce", begun.nonce());
        query.put("code_challenge", begun.challenge());
        query.put("code_challenge_method", "S256");
        String parameters = query.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        URI address = URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + parameters);
        return new Begun(address, cookie(path).set(begun.cookie(), request.secure(), COOKIE_AGE));
    }

    /**
     * Ends what the browser has begun, when the issuer has sent it back.
     *
     * @param request the request for {@value #CALLBACK}
     * @param path the path of the pages as browsers know it, which ends with a slash
     * @throws RegistryException with {@code UNAUTHORIZED} and a sentence if nobody is signed in by this; with
     *     {@code UNAVAILABLE} if the issuer is not there
     */
    public Ended end(RegistryRequest request, String path) {
        String redirect = redirect(request, path);
        QueryParameters query = query(request);
        BegunSignIn begun = begun(request, path, query)
                .orElseThrow(() -> refused("The sign-in was not begun by this browser, or too long ago; begin again"));
        IssuerConfiguration configuration = endpoints.get();
        requireIssuer(only(query, "iss"), configuration);
        Optional<String> error = only(query, "error");
        if (error.isPresent()) {
            throw refused(CodeExchange.refusal(error.get(), only(query, "error_description")));
        }
        String code = only(query, "code")
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST_CODE)
                .orElseThrow(() -> refused("The issuer has sent the browser back without a code"));
        URI endpoint = configuration.token().orElseThrow(() -> Endpoints.unavailable("it has no token_endpoint"));
        String token = exchange.idToken(endpoint, code, begun.verifier(), redirect);
        return new Ended(remember.apply(identity(token, begun), client.session()), begun.after());
    }

    /**
     * Returns whether a request is the end of what the same browser has begun at this issuer, to find the one of several.
     *
     * @param path the path of the pages as browsers know it, which ends with a slash
     */
    public boolean isBegun(RegistryRequest request, String path) {
        return begun(request, path, query(request)).isPresent();
    }

    private Optional<BegunSignIn> begun(RegistryRequest request, String path, QueryParameters query) {
        return cookie(path)
                .find(request)
                .flatMap(BegunSignIn::parse)
                .filter(found -> found.hasState(only(query, "state").orElse("")));
    }

    /** As in a form, a plus is a blank here. */
    private static QueryParameters query(RegistryRequest request) {
        return QueryParameters.parse(request.query().orElse("").replace("+", "%20"));
    }

    /** Returns the value of {@code Set-Cookie} that takes the cookie of {@link #begin} away from the browser. */
    public String forget(RegistryRequest request, String path) {
        return cookie(path).remove(request.secure());
    }

    private Identity identity(String token, BegunSignIn begun) {
        try {
            JWTClaimsSet claims = tokens.verify(token);
            if (!(claims.getClaim("nonce") instanceof String nonce) || !begun.hasNonce(nonce)) {
                throw new InvalidTokenException("it is of another sign-in (nonce)");
            }
            Object party = claims.getClaim("azp");
            if (party != null && !party.equals(client.id())) {
                throw new InvalidTokenException("it was issued for another client (azp)");
            }
            return Identity.of(claims, options);
        } catch (InvalidTokenException e) {
            throw refused("The token of " + options.issuer() + " is not good: " + e.reason());
        }
    }

    /** An answer that another issuer has got a browser to bring is not taken (RFC 9207). */
    private void requireIssuer(Optional<String> stated, IssuerConfiguration configuration) {
        boolean isOther =
                stated.isPresent() ? !stated.get().equals(options.issuer().toString()) : configuration.namesItself();
        if (isOther) {
            throw refused("The answer is of another issuer than " + options.issuer());
        }
    }

    private static Optional<String> only(QueryParameters query, String name) {
        return query.all(name).size() > 1 ? Optional.empty() : query.first(name);
    }

    private static RegistryException refused(String message) {
        return RegistryException.of(ErrorCode.UNAUTHORIZED, message);
    }

    private static String redirect(RegistryRequest request, String path) {
        String host = request.host()
                .filter(name -> HOST.matcher(name).matches())
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.REQUEST_INVALID, "The request does not say the name of this server (Host)"));
        return (request.secure() ? "https://" : "http://") + host + path + CALLBACK;
    }

    private BrowserCookie cookie(String path) {
        return new BrowserCookie(cookieName, path);
    }
}
