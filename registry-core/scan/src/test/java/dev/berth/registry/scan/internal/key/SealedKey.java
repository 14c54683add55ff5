package dev.berth.registry.scan.internal.key;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** Encrypts private keys as cosign does, which reads them. */
public final class SealedKey {
    private static final int BLOCK = 32;

    private SealedKey() {}

    /** Returns a key in the form of a {@code cosign.key}. */
    public static String pem(PrivateKey key, String password, int n, int r, int p) {
        SecureRandom random = new SecureRandom();
        byte[] salt = new byte[32];
        byte[] nonce = new byte[24];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        byte[] derived = Scrypt.derive(password.getBytes(StandardCharsets.UTF_8), salt, n, r, p, 32);
        String json =
                """
                {"kdf":{"name":"scrypt","params":{"N":%d,"r":%d,"p":%d},"salt":"%s"},\
                "cipher":{"name":"nacl/secretbox","nonce":"%s"},"ciphertext":"%s"}""".formatted(n, r, p, base64(salt), base64(nonce), base64(seal(derived, nonce, key.getEncoded())));
        return pem(json);
    }

    /** Returns a document in the form of a {@code cosign.key}. */
    public static String pem(String json) {
        return "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8))
                + "\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----\n";
    }

    static byte[] seal(byte[] key, byte[] nonce, byte[] content) {
        byte[] padded = new byte[BLOCK + content.length];
        System.arraycopy(content, 0, padded, BLOCK, content.length);
        byte[] stream = Salsa20.xor(key, nonce, padded);
        byte[] encrypted = Arrays.copyOfRange(stream, BLOCK, stream.length);
        byte[] box = Arrays.copyOf(Poly1305.tag(Arrays.copyOf(stream, BLOCK), encrypted), 16 + encrypted.length);
        System.arraycopy(encrypted, 0, box, 16, encrypted.length);
        return box;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
