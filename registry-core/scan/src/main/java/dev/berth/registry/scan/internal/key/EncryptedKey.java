package dev.berth.registry.scan.internal.key;

import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** A private key that cosign encrypted with a password: a JSON document with a key of scrypt and a box of NaCl. */
final class EncryptedKey {
    private EncryptedKey() {}

    /**
     * Returns the key, in PKCS #8.
     *
     * @param holder what holds the key, for messages
     * @throws IllegalArgumentException if it cannot be decrypted
     */
    static byte[] decrypt(String holder, byte[] document, char[] password) {
        try {
            JsonObject root = JsonObject.root(StrictJson.parse(document));
            JsonObject kdf = root.requireObject("kdf");
            JsonObject cipher = root.requireObject("cipher");
            JsonObject cost = kdf.requireObject("params");
            if (!kdf.requireString("name").equals("scrypt")
                    || !cipher.requireString("name").equals("nacl/secretbox")) {
                throw new IllegalArgumentException("The key of " + holder
                        + " is encrypted in another way than cosign's: scrypt and nacl/secretbox");
            }
            byte[] nonce = Base64.getDecoder().decode(cipher.requireString("nonce"));
            if (nonce.length != SecretBox.NONCE_BYTES) {
                throw new IllegalArgumentException("The nonce of the key of " + holder + " has another length than "
                        + SecretBox.NONCE_BYTES + " bytes");
            }
            byte[] box = Base64.getDecoder().decode(root.requireString("ciphertext"));
            byte[] salt = Base64.getDecoder().decode(kdf.requireString("salt"));
            byte[] secret = utf8(password);
            byte[] key = Scrypt.derive(
                    secret,
                    salt,
                    cost.requireInteger("N"),
                    cost.requireInteger("r"),
                    cost.requireInteger("p"),
                    SecretBox.KEY_BYTES);
            Arrays.fill(secret, (byte) 0);
            return SecretBox.open(key, nonce, box)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "The password is not that of the key of " + holder + ", or the key is damaged"));
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(
                    "The encrypted key of " + holder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] utf8(char[] password) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }
}
