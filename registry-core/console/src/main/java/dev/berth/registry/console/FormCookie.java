package dev.berth.registry.console;

import dev.berth.registry.internal.browser.BrowserCookie;
import dev.berth.registry.server.RegistryRequest;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What tells that a form of somebody who has not signed in is of the own pages: a secret in a cookie, from which what the form
 * has is computed. Each request has one of these; a cookie is only made if a form is.
 */
final class FormCookie {
    private static final String NAME = "berth_form";
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private final boolean secure;
    private final BrowserCookie cookie;
    private final Optional<String> sent;
    private Optional<String> made = Optional.empty();

    private FormCookie(boolean secure, BrowserCookie cookie, Optional<String> sent) {
        this.secure = secure;
        this.cookie = cookie;
        this.sent = sent;
    }

    /**
     * Returns that of a request.
     *
     * @param path the path of the pages as browsers know it, with a slash at its end
     */
    static FormCookie of(RegistryRequest request, String path) {
        BrowserCookie cookie = new BrowserCookie(NAME, path);
        return new FormCookie(
                request.secure(),
                cookie,
                cookie.find(request).filter(secret -> SECRET.matcher(secret).matches()));
    }

    /** Returns that of a request that is not answered by a page. */
    static FormCookie none() {
        return new FormCookie(false, new BrowserCookie(NAME, "/"), Optional.empty());
    }

    /** Returns what a form has. */
    String token() {
        if (sent.isPresent()) {
            return token(sent.get());
        }
        if (made.isEmpty()) {
            byte[] secret = new byte[BYTES];
            RANDOM.nextBytes(secret);
            made = Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        }
        return token(made.get());
    }

    /** Returns what the forms of pages have that were made before, if there may be any. */
    Optional<String> known() {
        return sent.map(FormCookie::token);
    }

    private static String token(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal("form".getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", e);
        }
    }

    /** Returns the cookie to set, if a form was made and there is none yet. */
    Optional<String> setCookie() {
        return made.map(secret -> cookie.set(secret, secure));
    }
}
