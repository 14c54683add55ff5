package dev.berth.registry.internal.credentials;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands for a name and a password in memory by a keyed hash, under a random key of this object: what is kept tells nobody
 * the password. Thread-safe.
 */
public final class CredentialKeys {
    private static final String MAC = "HmacSHA256";

    private final SecretKeySpec secret;

    public CredentialKeys() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.secret = new SecretKeySpec(random, MAC);
    }

    /** A name and a password. */
    public record Key(ByteBuffer hash) {}

    /** Returns what stands for a name and a password. */
    public Key of(String name, String password) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(secret);
            // The length separates the name from the password.
            mac.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(nameBytes.length).flip());
            mac.update(nameBytes);
            mac.update(password.getBytes(StandardCharsets.UTF_8));
            return new Key(ByteBuffer.wrap(mac.doFinal()));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("This JVM lacks " + MAC, e);
        }
    }
}
