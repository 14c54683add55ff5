package dev.berth.registry.client.auth;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.client.http.Addresses;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.client.http.AttemptFailedException.Kind;
import dev.berth.registry.client.http.InsecureHosts;
import dev.berth.registry.client.http.Redirects;
import dev.berth.registry.client.http.RetryAfter;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.transport.BodyFailedException;
import dev.berth.registry.internal.transport.HttpTransport;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.transport.OutgoingBody;
import dev.berth.registry.internal.transport.OutgoingRequest;
import dev.berth.registry.internal.transport.TransportException;
import dev.berth.registry.internal.wire.ScopeSet;
import dev.berth.registry.internal.wire.WireHeaders;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gets tokens from the token services that a registry names, in the two ways of Docker's specification: with a user name
 * and password, or anonymously, by GET; with an identity token by the OAuth2 form of POST.
 *
 * <p>Credentials and identity tokens are sent to {@link TrustedRealms} only, and not along a redirect to another origin.
 * An anonymous request has no secret, so it may go to any token service by TLS. Thread-safe.
 */
public final class TokenClient {
    private static final int LARGEST_RESPONSE = 1024 * 1024;
    private static final String CLIENT = "berth";

    private final HttpTransport transport;
    private final TrustedRealms trusted;
    private final InsecureHosts plainHttp;
    private final InstantSource clock;
    private final RefreshTokens refreshTokens = new RefreshTokens();

    public TokenClient(HttpTransport transport, TrustedRealms trusted, InsecureHosts plainHttp, InstantSource clock) {
        this.transport = transport;
        this.trusted = trusted;
        this.plainHttp = plainHttp;
        this.clock = clock;
    }

    /** Gets a token. */
    Token fetch(Challenge challenge, ScopeSet scopes, Credentials credentials) throws AttemptFailedException {
        URI realm = realm(challenge);
        Optional<String> service = challenge.parameter("service");
        Optional<String> identityToken = credentials.identityToken();
        if (identityToken.isPresent() || credentials.hasLogin()) {
            requireTrusted(Origin.of(realm));
        }
        if (identityToken.isEmpty()) {
            return ask(get(realm, service, scopes, credentials), scopes, credentials.hasLogin());
        }
        String given = identityToken.get();
        String current = refreshTokens.current(realm, given);
        Token token;
        try {
            token = ask(post(realm, service, scopes, current), scopes, true);
        } catch (AttemptFailedException e) {
            String other = refreshTokens.refused(realm, given, current);
            if (e.failure().code() != ErrorCode.UNAUTHORIZED || other.equals(current)) {
                throw e;
            }
            token = ask(post(realm, service, scopes, other), scopes, true);
        }
        refreshTokens.replaced(realm, given, token.refreshToken());
        return token;
    }

    private Token ask(OutgoingRequest request, ScopeSet scopes, boolean withCredentials) throws AttemptFailedException {
        Instant asked = clock.instant();
        IncomingResponse response = send(request, scopes);
        String what = "token service " + Origin.of(response.address()) + " for " + describe(scopes);
        if (response.status() != 200) {
            throw refused(response, what, withCredentials);
        }
        try {
            byte[] body = response.readAll(LARGEST_RESPONSE)
                    .orElseThrow(() -> unusable("The " + what + " sent too much for a token"));
            return Token.parse(body, asked);
        } catch (MalformedJsonException e) {
            // Not as a cause: the message of the parser may repeat a token.
            throw unusable("The " + what + " sent something that is no token");
        } catch (TransportException e) {
            throw failed(e, scopes);
        }
    }

    private URI realm(Challenge challenge) throws AttemptFailedException {
        String text = challenge.parameter("realm").orElse("");
        try {
            URI realm = new URI(text);
            Origin origin = Origin.of(realm);
            if (realm.getRawUserInfo() != null) {
                throw new IllegalArgumentException("user info");
            }
            requireAllowed(origin, trusted.registry() + " names the token service");
            return Addresses.address(origin, realm.getRawPath(), realm.getRawQuery());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw unusable(trusted.registry() + " names a token service by something that is not an address");
        }
    }

    private void requireAllowed(Origin origin, String what) throws AttemptFailedException {
        if (!plainHttp.allows(origin)) {
            throw unusable(what + " " + Redirects.plainHttpRefused(origin));
        }
    }

    private void requireTrusted(Origin realm) throws AttemptFailedException {
        if (!trusted.contains(realm)) {
            throw unusable(trusted.registry() + " names the token service " + realm
                    + ", which is in another domain: the credentials were not sent; if this token service may have them,"
                    + " allow it with RemoteOptions.builder().trustRealm(\"" + realm.authority() + "\")");
        }
    }

    private static OutgoingRequest get(URI realm, Optional<String> service, ScopeSet scopes, Credentials credentials) {
        StringBuilder query = new StringBuilder();
        append(query, "account", credentials.hasLogin() ? credentials.username() : "");
        append(query, "client_id", CLIENT);
        append(query, "service", service.orElse(""));
        scopes.scopes().forEach(scope -> append(query, "scope", scope.toString()));
        List<Map.Entry<String, String>> headers =
                Authorizers.headers(credentials.hasLogin() ? Authorization.basic(credentials) : Authorization.none());
        return new OutgoingRequest("GET", Addresses.withParameter(realm, query.toString()), headers, Optional.empty());
    }

    private static OutgoingRequest post(URI realm, Optional<String> service, ScopeSet scopes, String identityToken) {
        StringBuilder form = new StringBuilder();
        append(form, "grant_type", "refresh_token");
        append(form, "client_id", CLIENT);
        append(form, "service", service.orElse(""));
        append(form, "scope", scopes.toString());
        append(form, "refresh_token", identityToken);
        return new OutgoingRequest(
                "POST",
                realm,
                List.of(Map.entry(WireHeaders.CONTENT_TYPE, "application/x-www-form-urlencoded")),
                Optional.of(OutgoingBody.of(form.toString().getBytes(StandardCharsets.US_ASCII))));
    }

    private static void append(StringBuilder form, String name, String value) {
        if (!value.isEmpty()) {
            form.append(form.isEmpty() ? "" : "&")
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private IncomingResponse send(OutgoingRequest request, ScopeSet scopes) throws AttemptFailedException {
        OutgoingRequest next = request;
        for (int hop = 0; hop <= Redirects.MOST; hop++) {
            IncomingResponse response = exchange(next, scopes);
            @Nullable URI target = target(response, next);
            if (target == null) {
                return response;
            }
            response.discard(LARGEST_RESPONSE);
            boolean sameOrigin = Origin.of(target).equals(Origin.of(next.address()));
            next = new OutgoingRequest(
                    next.method(), target, sameOrigin ? next.headers() : List.of(), Optional.empty());
        }
        throw Redirects.refused("The token service " + Origin.of(request.address()) + " redirects without end");
    }

    private @Nullable URI target(IncomingResponse response, OutgoingRequest request) throws AttemptFailedException {
        try {
            @Nullable URI target = Redirects.target(response, request.method(), false, plainHttp)
                    .orElse(null);
            if (target != null) {
                Origin origin = Origin.of(target);
                requireAllowed(origin, Origin.of(request.address()) + " redirects to");
            }
            return target;
        } catch (AttemptFailedException e) {
            response.close();
            throw e;
        }
    }

    private IncomingResponse exchange(OutgoingRequest request, ScopeSet scopes) throws AttemptFailedException {
        try {
            return transport.exchange(request);
        } catch (TransportException e) {
            throw failed(e, scopes);
        } catch (BodyFailedException e) {
            throw unusable("A form could not be sent");
        }
    }

    /** A failure to get a token means that the request itself was not sent, so repeating it is safe. */
    private static AttemptFailedException failed(TransportException e, ScopeSet scopes) {
        AttemptFailedException failed = AttemptFailedException.of(e, "get a token for " + describe(scopes));
        return failed.isTransient() ? AttemptFailedException.of(Kind.WITHOUT_EFFECT, failed.failure()) : failed;
    }

    private AttemptFailedException refused(IncomingResponse response, String what, boolean withCredentials) {
        int status = response.status();
        response.discard(LARGEST_RESPONSE);
        if (status == 429 || status == 502 || status == 503 || status == 504) {
            Optional<Duration> wait =
                    response.header(WireHeaders.RETRY_AFTER).flatMap(value -> RetryAfter.parse(value, clock.instant()));
            RegistryException.Builder failure = RegistryException.builder(RegistryError.of(
                    status == 429 ? ErrorCode.TOOMANYREQUESTS : ErrorCode.UNAVAILABLE,
                    "The " + what + " issues no tokens at present (" + status + ")"));
            wait.ifPresent(failure::retryAfter);
            return AttemptFailedException.of(
                    Kind.WITHOUT_EFFECT, failure.remote().build());
        }
        ErrorCode code =
                status == 403 ? ErrorCode.DENIED : status >= 500 ? ErrorCode.UNAVAILABLE : ErrorCode.UNAUTHORIZED;
        String reason = withCredentials ? " refused the credentials" : " issues no anonymous token: log in first";
        return AttemptFailedException.of(
                Kind.FINAL,
                RegistryException.builder(RegistryError.of(code, "The " + what + reason + " (" + status + ")"))
                        .remote()
                        .build());
    }

    private static AttemptFailedException unusable(String message) {
        return AttemptFailedException.of(Kind.FINAL, RegistryException.of(ErrorCode.UNAVAILABLE, message));
    }

    private static String describe(ScopeSet scopes) {
        return scopes.isEmpty() ? "no scope" : "the scope " + scopes;
    }
}
