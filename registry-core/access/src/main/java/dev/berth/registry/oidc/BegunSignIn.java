package dev.berth.registry.oidc;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A sign-in that a browser has begun, as its cookie has it: a secret, from which all that the issuer sees is computed, and where
 * the browser goes on to. So no server has to remember anything, and only this browser can end it. Immutable.
 */
final class BegunSignIn {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{0,2800})");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String MAC = "HmacSHA256";
    private static final int RANDOM_BYTES = 32;

    private final String secret;
    private final String after;

    private BegunSignIn(String secret, String after) {
        this.secret = secret;
        this.after = after;
    }

    static BegunSignIn begin(String after, SecureRandom random) {
        byte[] bits = new byte[RANDOM_BYTES];
        random.nextBytes(bits);
        return new BegunSignIn(BASE64.encodeToString(bits), after);
    }

    /** Reads the value of a cookie, or returns empty if it is none of these. */
    static Optional<BegunSignIn> parse(String cookie) {
        Matcher form = FORM.matcher(cookie);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            String after = new String(Base64.getUrlDecoder().decode(form.group(2)), StandardCharsets.UTF_8);
            return Optional.of(new BegunSignIn(form.group(1), after));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String cookie() {
        return secret + "." + BASE64.encodeToString(after.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns what was said to go on to when it began. */
    String after() {
        return after;
    }

    /** Returns what the issuer sends back with the browser. */
    String state() {
        return derived("state");
    }

    boolean hasState(String state) {
        return MessageDigest.isEqual(state().getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns what the issuer writes into the token. */
    String nonce() {
        return derived("nonce");
    }

    boolean hasNonce(String nonce) {
        return MessageDigest.isEqual(nonce().getBytes(StandardCharsets.UTF_8), nonce.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns what the code is worth nothing without: 256 bits in 43 characters, as RFC 7636 recommends. */
    String verifier() {
        return derived("verifier");
    }

    /** Returns what tells the issuer which verifier will come: its hash ({@code S256}). */
    String challenge() {
        try {
            return BASE64.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier().getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private String derived(String purpose) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), MAC));
            return BASE64.encodeToString(mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", e);
        }
    }

    /** Contains nothing of the secret. */
    @Override
    public String toString() {
        return "sign-in that goes on to " + after;
    }
}
