package dev.berth.registry.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.internal.wire.ScopeSet;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.basic.BasicAuthenticator;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.RequestedAccess;
import dev.berth.registry.server.ResponseBody;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Issues tokens for all requested scopes to users with their password: by GET with Basic authentication, and by the OAuth2
 * form of POST with the grant type {@code password}. Docker's token specification has both.
 */
final class TokenEndpoint implements RegistryHandler {
    static final String PATH = "/token";
    /** The {@code service} of every challenge and of every request for a token. */
    static final String NAME = "berth-test-registry";

    private static final int MOST_FORM_BYTES = 64 * 1024;

    private final BasicAuthenticator users;
    private final Tokens tokens;

    public TokenEndpoint(Map<String, String> users, Tokens tokens) {
        this.users = BasicAuthenticator.of("Berth test registry", users);
        this.tokens = tokens;
    }

    @Override
    public RegistryResponse handle(RegistryRequest request) throws IOException {
        return switch (request.method()) {
            case "GET" -> issue(request, parameters(request.query().orElse("")));
            case "POST" -> issueByForm(request);
            default ->
                ResponseEffects.error(request, 405, Optional.of("Tokens are got by GET or POST\n"))
                        .withHeader(WireHeaders.ALLOW, "GET, POST");
        };
    }

    private RegistryResponse issueByForm(RegistryRequest request) throws IOException {
        byte[] body = request.body().readNBytes(MOST_FORM_BYTES);
        List<Map.Entry<String, String>> form = parameters(new String(body, StandardCharsets.UTF_8));
        String grantType = String.join(" ", all(form, "grant_type"));
        if (!grantType.equals("password")) {
            // This service issues no refresh tokens.
            throw RegistryException.of(
                    ErrorCode.UNAUTHORIZED, "Tokens are given for the grant type 'password' only; log in anew");
        }
        String login = String.join("", all(form, "username")) + ":" + String.join("", all(form, "password"));
        String credentials = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        return issue(
                request.toBuilder()
                        .replaceHeader(WireHeaders.AUTHORIZATION, "Basic " + credentials)
                        .build(),
                form);
    }

    private RegistryResponse issue(RegistryRequest request, List<Map.Entry<String, String>> parameters) {
        String user = users.authenticate(request, RequestedAccess.route(PATH)).name();
        List<String> services = all(parameters, "service");
        if (!services.isEmpty() && !services.contains(NAME)) {
            throw RegistryException.of(
                    ErrorCode.REQUEST_INVALID, "Tokens are given for the service '" + NAME + "' only");
        }
        ScopeSet scopes = ScopeSet.parse(String.join(" ", all(parameters, "scope")));
        Tokens.Issued issued = tokens.issue(user, scopes);
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        response.put("token", issued.token());
        // The same under the name of OAuth2.
        response.put("access_token", issued.token());
        response.put("expires_in", Tokens.LIFE.toSeconds());
        response.put(
                "issued_at",
                issued.grant().issued().truncatedTo(ChronoUnit.SECONDS).toString());
        return RegistryResponse.builder(200)
                .header(WireHeaders.CONTENT_TYPE, WireHeaders.JSON)
                .header("Cache-Control", "no-store")
                .body(ResponseBody.of(StrictJson.write(response)))
                .build();
    }

    /** Parses a query or a form, in which a plus is a space. */
    private static List<Map.Entry<String, String>> parameters(String text) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        try {
            for (String pair : text.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.add(Map.entry(
                            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8)));
                }
            }
        } catch (IllegalArgumentException e) {
            throw RegistryException.of(ErrorCode.REQUEST_INVALID, "The parameters have malformed escapes", e);
        }
        return parameters;
    }

    private static List<String> all(List<Map.Entry<String, String>> parameters, String name) {
        return parameters.stream()
                .filter(p -> p.getKey().equals(name))
                .map(Map.Entry::getValue)
                .toList();
    }
}
