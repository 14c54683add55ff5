package dev.berth.registry.token;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.internal.wire.ScopeSet;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.basic.BasicCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A request for a token: by GET with Basic authentication, or by POST with a form as in OAuth 2 (RFC 6749).
 *
 * @param credentials the name and the password, or empty
 * @param refreshToken the refresh token, or empty
 * @param service the name of the registry, or empty
 * @param scopes the scopes
 * @param offline whether a refresh token is asked for
 */
record TokenRequest(
        Optional<BasicCredentials> credentials,
        Optional<String> refreshToken,
        Optional<String> service,
        ScopeSet scopes,
        boolean offline) {
    private static final int LONGEST_FORM = 64 * 1024;
    private static final int MOST_SCOPES = 100;
    private static final String FORM = "application/x-www-form-urlencoded";

    TokenRequest {
        if (scopes.scopes().size() > MOST_SCOPES) {
            throw invalid("A token is for " + MOST_SCOPES + " scopes at most");
        }
    }

    static TokenRequest of(RegistryRequest request) throws IOException {
        return request.method().equals("POST") ? ofForm(form(request)) : ofQuery(request);
    }

    private static TokenRequest ofQuery(RegistryRequest request) {
        QueryParameters query = parse(request.query().orElse(""));
        return new TokenRequest(
                BasicCredentials.of(request),
                Optional.empty(),
                query.first("service"),
                Scopes.requested(query.all("scope")),
                query.first("offline_token").filter("true"::equals).isPresent());
    }

    private static TokenRequest ofForm(QueryParameters form) {
        String grantType = form.first("grant_type").orElse("");
        boolean refresh = grantType.equals("refresh_token");
        if (!refresh && !grantType.equals("password")) {
            throw invalid("The grant type (grant_type) is password or refresh_token");
        }
        return new TokenRequest(
                refresh ? Optional.empty() : credentials(form),
                refresh ? Optional.of(form.first("refresh_token").orElse("")) : Optional.empty(),
                form.first("service"),
                Scopes.requested(form.all("scope")),
                form.first("access_type").filter("offline"::equals).isPresent());
    }

    private static Optional<BasicCredentials> credentials(QueryParameters form) {
        String name = form.first("username").orElse("");
        String password = form.first("password").orElse("");
        return name.isEmpty() && password.isEmpty()
                ? Optional.empty()
                : Optional.of(new BasicCredentials(name, password));
    }

    private static QueryParameters form(RegistryRequest request) throws IOException {
        String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.equals(FORM) && !type.startsWith(FORM + ";")) {
            throw invalid("A token is asked for by a form: the Content-Type is " + FORM);
        }
        byte[] body = request.body().readNBytes(LONGEST_FORM + 1);
        if (body.length > LONGEST_FORM) {
            throw invalid("The form may have " + LONGEST_FORM + " bytes");
        }
        return parse(new String(body, StandardCharsets.UTF_8));
    }

    /** In queries of clients as well as in forms, a plus is a space. */
    private static QueryParameters parse(String text) {
        return QueryParameters.parse(text.replace("+", "%20"));
    }

    /** Returns whether the token is for this registry, or for none in particular. */
    boolean isFor(String expectedService) {
        return service.isEmpty() || service.get().equals(expectedService);
    }

    static RegistryException invalid(String message) {
        return RegistryException.of(ErrorCode.REQUEST_INVALID, message);
    }
}
