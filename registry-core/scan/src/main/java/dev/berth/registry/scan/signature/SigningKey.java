package dev.berth.registry.scan.signature;

import dev.berth.registry.scan.internal.key.PrivateKeys;
import dev.berth.registry.scan.internal.key.PublicKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Objects;

/**
 * A private key that signs images, and its public key. Immutable. It is never shown: {@link #toString} has its kind only.
 *
 * @since 0.1
 */
public final class SigningKey {
    private static final int LINE = 64;

    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final SignatureAlgorithm algorithm;

    private SigningKey(PrivateKey privateKey, PublicKey publicKey, SignatureAlgorithm algorithm) {
        this.privateKey = Objects.requireNonNull(privateKey, "privateKey");
        this.publicKey = publicKey;
        this.algorithm = algorithm;
        if (!algorithm.fits(publicKey)) {
            throw new IllegalArgumentException(
                    "This key of the kind " + publicKey.getAlgorithm() + " does not sign by " + algorithm);
        }
    }

    /**
     * Returns a key that signs as cosign does with one of its kind ({@link SignatureAlgorithm#of}).
     *
     * @throws IllegalArgumentException if such a key cannot be used
     */
    public static SigningKey of(PrivateKey key) {
        PublicKey publicKey = PublicKeys.of(key);
        return new SigningKey(key, publicKey, SignatureAlgorithm.of(publicKey));
    }

    /**
     * Reads a key in PEM form: a {@code cosign.key}, which is encrypted ({@code ENCRYPTED SIGSTORE PRIVATE KEY}), a
     * {@code PRIVATE KEY} (PKCS #8), or an {@code RSA PRIVATE KEY} (PKCS #1).
     *
     * @param password the password of a key of cosign, which may be empty; not looked at for others
     * @throws IllegalArgumentException if there is no key that can be used, or the password is wrong
     */
    public static SigningKey parse(String pem, char[] password) {
        return of(PrivateKeys.read("The text", pem, password));
    }

    /** Returns a new key: ECDSA on P-256, as cosign's. */
    public static SigningKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return of(generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK makes keys for ECDSA on P-256", e);
        }
    }

    /**
     * Returns this key, which signs in another way.
     *
     * @throws IllegalArgumentException if a key of this kind does not
     */
    public SigningKey signingBy(SignatureAlgorithm newAlgorithm) {
        return new SigningKey(privateKey, publicKey, newAlgorithm);
    }

    /** Returns the public key. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** Returns the public key in PEM form, as in a {@code cosign.pub}. */
    public String publicPem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(publicKey.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** Returns how the key signs. */
    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    byte[] sign(byte[] message) {
        return algorithm.sign(privateKey, message);
    }

    byte[] signPlain(byte[] message, SignatureAlgorithm by) {
        return by.signPlain(privateKey, message);
    }

    boolean verifies(byte[] message, byte[] signature) {
        return algorithm.verify(publicKey, message, signature);
    }

    /** Returns the algorithm, nothing of the key. */
    @Override
    public String toString() {
        return "SigningKey[" + algorithm + "]";
    }
}
