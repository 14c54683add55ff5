package dev.berth.registry.internal.token;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;

/** Identifiers of public keys. */
public final class KeyIds {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int HASHED_BYTES = 30;
    private static final int BITS = 5;
    private static final int GROUP = 4;

    private KeyIds() {}

    /**
     * Returns the identifier of a key as Docker's libtrust defines it, which {@code registry:2} finds keys by: the first 30
     * bytes of the SHA-256 of the key in DER, in base32, in 12 groups of four.
     */
    public static String libtrust(PublicKey key) {
        byte[] hash = Arrays.copyOf(sha256(key.getEncoded()), HASHED_BYTES);
        StringBuilder id = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        int digits = 0;
        for (byte octet : hash) {
            buffer = buffer << Byte.SIZE | octet & 0xff;
            bits += Byte.SIZE;
            while (bits >= BITS) {
                bits -= BITS;
                if (digits > 0 && digits % GROUP == 0) {
                    id.append(':');
                }
                id.append(BASE32.charAt(buffer >> bits & (1 << BITS) - 1));
                digits++;
            }
            buffer &= (1 << bits) - 1;
        }
        return id.toString();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM lacks SHA-256", e);
        }
    }
}
