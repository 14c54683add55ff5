package dev.berth.registry.session;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the cookie of a session has: where the sessions of the account are, which is no secret, and 256 random bits, which are.
 * Immutable.
 */
final class SessionSecret {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String MAC = "HmacSHA256";
    private static final int RANDOM_BYTES = 32;
    private static final int ID_LENGTH = 20;

    private final String place;
    private final String secret;

    private SessionSecret(String place, String secret) {
        this.place = place;
        this.secret = secret;
    }

    static SessionSecret generate(String person, SecureRandom random) {
        byte[] bits = new byte[RANDOM_BYTES];
        random.nextBytes(bits);
        return new SessionSecret(place(person), BASE64.encodeToString(bits));
    }

    /** Reads the value of a cookie, or returns empty if it is none of a session. */
    static Optional<SessionSecret> parse(String cookie) {
        var form = FORM.matcher(cookie);
        return form.matches() ? Optional.of(new SessionSecret(form.group(1), form.group(2))) : Optional.empty();
    }

    String cookie() {
        return place + "." + secret;
    }

    /** Returns where the sessions are that this is one of, if it is one. */
    ObjectKey key() {
        return key(place);
    }

    /** Returns where the sessions of somebody are. */
    static ObjectKey keyOf(String person) {
        return key(place(person));
    }

    private static ObjectKey key(String place) {
        // In hexadecimal digits: a file system may not tell upper from lower case.
        return ObjectKey.of(SessionStore.PREFIX
                + Digest.sha256(place.getBytes(StandardCharsets.US_ASCII)).hex());
    }

    private static String place(String person) {
        try {
            return BASE64.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(person.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Returns what is kept of the secret. It has too much chance in it to be guessed, so that a quick hash will do. */
    String hash() {
        return Digest.sha256(secret.getBytes(StandardCharsets.US_ASCII)).hex();
    }

    /** Returns whether this is the secret with this hash, in a time that does not depend on it. */
    boolean hasHash(String hash) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns what names the session with this hash. It tells 80 of its 256 bits, which is no help. */
    static String id(String hash) {
        return hash.substring(0, ID_LENGTH);
    }

    /** Returns what the forms of this session have. */
    String formToken() {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), MAC));
            return BASE64.encodeToString(mac.doFinal("form".getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", e);
        }
    }

    /** Contains nothing of the secret. */
    @Override
    public String toString() {
        return "secret of a session";
    }
}
