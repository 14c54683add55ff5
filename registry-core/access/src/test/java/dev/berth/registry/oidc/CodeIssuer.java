package dev.berth.registry.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** An issuer with a page on which everybody is {@code alice} at once, and which insists on what it has to insist on. */
final class CodeIssuer implements AutoCloseable {
    static final String CLIENT = "console";
    static final String SECRET = "secret: with +/%";

    final FakeIssuer issuer = new FakeIssuer();
    final AtomicReference<UnaryOperator<JWTClaimsSet.Builder>> claims = new AtomicReference<>(same -> same);
    final AtomicReference<UnaryOperator<Map<String, String>>> answer = new AtomicReference<>(same -> same);
    final AtomicReference<String> tokenAnswer = new AtomicReference<>("");
    final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
    final List<Map<String, String>> exchanged = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();

    CodeIssuer() throws IOException {
        issuer.configuration.set(text -> text.replace(
                "}",
                ",\"authorization_endpoint\":\"" + issuer.uri() + "/authorize?tenant=1\",\"token_endpoint\":\""
                        + issuer.uri() + "/token\"}"));
        issuer.serve("/authorize", this::authorize);
        issuer.serve("/token", this::token);
    }

    OidcOptions.Builder options() {
        return issuer.options()
                .signIn(SignInClient.of(CLIENT).withSecret(SECRET).withTitle("Example login"));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = fields(exchange.getRequestURI().getRawQuery());
        asked.add(query);
        String code = "code " + asked.size();
        codes.put(code, query);
        Map<String, String> back = new LinkedHashMap<>();
        back.put("code", code);
        back.put("state", query.get("state"));
        String parameters = answer.get().apply(back).entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .reduce((one, other) -> one + "&" + other)
                .orElse("");
        exchange.getResponseHeaders().add("Location", query.get("redirect_uri") + "?" + parameters);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchanged.add(form);
        String fault = tokenAnswer.get();
        if (!fault.isEmpty()) {
            respond(exchange, Integer.parseInt(fault.substring(0, 3)), fault.substring(4));
            return;
        }
        Map<String, String> begun = codes.remove(form.getOrDefault("code", ""));
        String expected = "Basic "
                + Base64.getEncoder()
                        .encodeToString((CLIENT + ":" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8))
                                .getBytes(StandardCharsets.UTF_8));
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            respond(exchange, 401, "{\"error\":\"invalid_client\"}");
        } else if (begun == null
                || !begun.getOrDefault("redirect_uri", "").equals(form.get("redirect_uri"))
                || !"S256".equals(begun.get("code_challenge_method"))
                || !s256(form.getOrDefault("code_verifier", "")).equals(begun.get("code_challenge"))) {
            respond(
                    exchange,
                    400,
                    "{\"error\":\"invalid_grant\",\"error_description\":\"the code is <b>wrong</b>, or \\u202eused\"}");
        } else {
            String token = issuer.sign(claims.get()
                    .apply(issuer.claims("alice", "dev").audience(CLIENT).claim("nonce", begun.get("nonce"))));
            respond(exchange, 200, "{\"token_type\":\"Bearer\",\"id_token\":\"" + token + "\"}");
        }
    }

    private static String s256(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            fields.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }

    URI uri() {
        return issuer.uri();
    }

    @Override
    public void close() {
        issuer.close();
    }
}
