package dev.berth.registry.scan.internal.key;

import dev.berth.registry.internal.pem.Der;
import dev.berth.registry.internal.pem.PemBlock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** Reads private keys in PEM form: PKCS #8, PKCS #1 (RSA), and encrypted ones of cosign. */
public final class PrivateKeys {
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");
    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final byte[] NULL = {5, 0};

    private PrivateKeys() {}

    /**
     * Reads a key.
     *
     * @param holder the name of the key, for messages
     * @param password the password of an encrypted key; anything for others
     * @throws IllegalArgumentException if there is none, or it cannot be read
     */
    public static PrivateKey read(String holder, String pem, char[] password) {
        for (PemBlock block : PemBlock.read(holder, pem.getBytes(StandardCharsets.ISO_8859_1))) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return parse(holder, block.content());
                }
                case "RSA PRIVATE KEY" -> {
                    return parse(holder, block.pkcs8(Der.sequence(Der.identifier(RSA), NULL)));
                }
                case "ENCRYPTED SIGSTORE PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY" -> {
                    return parse(holder, EncryptedKey.decrypt(holder, block.content(), password));
                }
                case "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY" ->
                    throw new IllegalArgumentException("The key of " + holder + " is in the form '" + block.label()
                            + "', which is not read: convert it, for example with openssl pkcs8 -topk8 -nocrypt");
                default -> {
                    // something else beside the key
                }
            }
        }
        throw new IllegalArgumentException(holder + " has no private key in PEM form");
    }

    private static PrivateKey parse(String holder, byte[] pkcs8) {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                // It is a key of another algorithm, or none at all.
            }
        }
        throw new IllegalArgumentException(
                "The private key of " + holder + " cannot be read: it is no key of ECDSA, RSA or Ed25519");
    }
}
