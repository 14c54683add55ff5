package dev.berth.registry.scan.internal.key;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** Boxes of NaCl's {@code crypto_secretbox}: XSalsa20, and Poly1305 over what was encrypted. */
final class SecretBox {
    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 24;
    private static final int TAG_BYTES = 16;

    private SecretBox() {}

    /** Returns what is in a box, or empty if the key is not that of the box. */
    static Optional<byte[]> open(byte[] key, byte[] nonce, byte[] box) {
        if (box.length < TAG_BYTES) {
            return Optional.empty();
        }
        // The stream begins with the key of the authenticator, twice as long as the tag in whose place it stands.
        byte[] authenticator = Salsa20.xor(key, nonce, new byte[KEY_BYTES]);
        byte[] tag = Poly1305.tag(authenticator, Arrays.copyOfRange(box, TAG_BYTES, box.length));
        if (!MessageDigest.isEqual(tag, Arrays.copyOf(box, TAG_BYTES))) {
            return Optional.empty();
        }
        byte[] padded = new byte[KEY_BYTES + box.length - TAG_BYTES];
        System.arraycopy(box, TAG_BYTES, padded, KEY_BYTES, box.length - TAG_BYTES);
        return Optional.of(Arrays.copyOfRange(Salsa20.xor(key, nonce, padded), KEY_BYTES, padded.length));
    }
}
