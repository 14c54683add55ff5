package dev.berth.registry.account;

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
final class CredentialKeys {
    private static final String MAC = "HmacSHA256";

    private final SecretKeySpec secret;

    CredentialKeys() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.secret = new SecretKeySpec(random, MAC);
    }

    /** A name and a password. */
    record Key(ByteBuffer hash) {}

    Key of(String name, String password) {
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
