package dev.berth.registry.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A secret that is shared with a receiver, and signs the messages to it, as
 * <a href="https://www.standardwebhooks.com">Standard Webhooks</a> say. Immutable. Not shown by {@link #toString}.
 *
 * @since 0.1
 */
public final class WebhookSecret {
    /** The smallest number of bytes. */
    public static final int MIN_BYTES = 24;

    /** The largest number of bytes. */
    public static final int MAX_BYTES = 64;

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int GENERATED_BYTES = 32;

    private final byte[] key;

    private WebhookSecret(byte[] key) {
        if (key.length < MIN_BYTES || key.length > MAX_BYTES) {
            throw new IllegalArgumentException("The secret of a webhook has " + MIN_BYTES + " to " + MAX_BYTES
                    + " bytes; this one has " + key.length);
        }
        this.key = key;
    }

    /**
     * Parses a secret in the form of Standard Webhooks: {@code whsec_} and the bytes in base64.
     *
     * @throws IllegalArgumentException if the text has another form, or the number of bytes is not allowed; the message does
     *     not show the text
     */
    public static WebhookSecret parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw malformed();
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            // Without the cause, whose message shows a part of the text.
            throw malformed();
        }
        return new WebhookSecret(bytes);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("The secret of a webhook is written as " + PREFIX + " and " + MIN_BYTES
                + " to " + MAX_BYTES + " bytes in base64, such as: echo " + PREFIX + "$(openssl rand -base64 32)");
    }

    /**
     * Returns a secret of these bytes, which are copied.
     *
     * @throws IllegalArgumentException if their number is not allowed
     */
    public static WebhookSecret ofBytes(byte[] bytes) {
        return new WebhookSecret(bytes.clone());
    }

    /** Returns a new secret of 32 random bytes. */
    public static WebhookSecret generate() {
        byte[] bytes = new byte[GENERATED_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new WebhookSecret(bytes);
    }

    /** Returns the secret as text that {@link #parse} reads: to be stored where secrets are, and shown to nobody else. */
    public String encoded() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /**
     * Returns the signature of a message: {@code v1,} and the HMAC-SHA256, in base64, of the id, the time and the body with
     * dots between them. A receiver that has the secret compares it, without showing how long that takes, with each of those
     * in the header field {@code webhook-signature}, which are separated by spaces.
     *
     * @param id the value of {@code webhook-id}
     * @param time the value of {@code webhook-timestamp}, which is in whole seconds since 1970
     * @param body the body of the request
     */
    public String sign(String id, Instant time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((id + "." + time.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }

    /** Returns whether the bytes are equal, in a time that does not depend on them. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WebhookSecret that && MessageDigest.isEqual(key, that.key);
    }

    /** Depends on the length only, since hashes are often shown. */
    @Override
    public int hashCode() {
        return key.length;
    }

    /** Does not show the secret. */
    @Override
    public String toString() {
        return "WebhookSecret of " + key.length + " bytes";
    }
}
