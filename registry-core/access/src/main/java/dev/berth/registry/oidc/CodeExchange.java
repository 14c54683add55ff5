package dev.berth.registry.oidc;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.internal.token.KeyAddress;
import dev.berth.registry.internal.token.KeyDownload;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Exchanges the code that a browser brings from an issuer for the token that says who it is (RFC 6749, section 4.1.3). */
final class CodeExchange {
    private static final int LONGEST_TOLD = 200;

    private final SignInClient client;
    private final KeyDownload http;

    CodeExchange(SignInClient client, KeyDownload http) {
        this.client = client;
        this.http = http;
    }

    /**
     * Returns the ID token.
     *
     * @param endpoint where
     * @param verifier what only the browser had that began this (RFC 7636)
     * @param redirect the address that the browser was sent back to
     * @throws RegistryException with {@code UNAUTHORIZED} if the issuer refuses; with {@code UNAVAILABLE} if it does not answer
     */
    String idToken(URI endpoint, String code, String verifier, String redirect) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirect);
        form.put("code_verifier", verifier);
        if (client.secret().isEmpty()) {
            form.put("client_id", client.id());
        }
        KeyDownload.Reply reply;
        try {
            reply = http.post(endpoint, form, client.secret().map(this::basic));
        } catch (IOException e) {
            throw Endpoints.unavailable(String.valueOf(e.getMessage()));
        }
        return idToken(reply, KeyAddress.shown(endpoint));
    }

    private static String idToken(KeyDownload.Reply reply, String shown) {
        JsonObject answer;
        try {
            answer = JsonObject.root(StrictJson.parseLastNameWins(reply.body()));
            if (reply.status() == 200) {
                return answer.requireString("id_token");
            }
            if (reply.status() / 100 == 4 && answer.string("error").isPresent()) {
                throw RegistryException.of(
                        ErrorCode.UNAUTHORIZED,
                        refusal(answer.string("error").get(), answer.string("error_description")));
            }
        } catch (MalformedJsonException e) {
            if (reply.status() == 200) {
                // The message may show a part of a token.
                throw Endpoints.unavailable(shown + " answered with something that is no ID token");
            }
        }
        throw Endpoints.unavailable(shown + " answered with status " + reply.status());
    }

    /** Returns what an issuer says, as a sentence: the text is that of strangers. */
    static String refusal(String error, Optional<String> description) {
        return "The issuer has refused the sign-in: " + JsonObject.printable(error, LONGEST_TOLD)
                + description
                        .map(text -> " (" + JsonObject.printable(text, LONGEST_TOLD) + ")")
                        .orElse("");
    }

    private String basic(String secret) {
        // Both are encoded before they are put together (RFC 6749, section 2.3.1).
        String both = encoded(client.id()) + ":" + encoded(secret);
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
