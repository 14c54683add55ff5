package dev.berth.registry.scan.internal.key;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The derivation of keys from passwords that costs memory (RFC 7914). */
final class Scrypt {
    private static final String HMAC = "HmacSHA256";
    /** Twice what cosign writes. */
    private static final long MOST_MEMORY = 128L * 1024 * 1024;

    private static final long MOST_WORK = 4 * MOST_MEMORY;

    private Scrypt() {}

    /**
     * Derives a key.
     *
     * @param n the cost, a power of two
     * @param r the size of blocks, in units of 128 bytes
     * @param p how many times the work is done
     * @throws IllegalArgumentException if the parameters are not valid, or would take more than 128 MiB
     */
    static byte[] derive(byte[] password, byte[] salt, long n, long r, long p, int length) {
        if (n < 2 || n > 1 << 24 || Long.bitCount(n) != 1 || r < 1 || r > 1024 || p < 1 || p > 1024) {
            throw new IllegalArgumentException(
                    "The parameters of scrypt are not valid: N=" + n + ", r=" + r + ", p=" + p);
        }
        if (128 * r * n > MOST_MEMORY || 128 * r * n * p > MOST_WORK) {
            throw new IllegalArgumentException("The parameters of scrypt cost more than is allowed here: N=" + n
                    + ", r=" + r + ", p=" + p + "; encrypt the key again, with those that cosign uses");
        }
        int words = (int) (32 * r);
        byte[] blocks = pbkdf2(password, salt, (int) (128 * r * p));
        IntBuffer buffer =
                ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        int[] block = new int[words];
        for (int i = 0; i < p; i++) {
            buffer.get(i * words, block);
            mix(block, (int) n);
            buffer.put(i * words, block);
        }
        return pbkdf2(password, blocks, length);
    }

    /** PBKDF2 with one iteration, which is all that scrypt needs. */
    private static byte[] pbkdf2(byte[] password, byte[] salt, int length) {
        byte[] result = new byte[length];
        try {
            Mac mac = Mac.getInstance(HMAC);
            // HMAC fills keys up with zeros, so that this is the empty key, which the JDK does not take.
            mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, HMAC));
            for (int begin = 0, index = 1; begin < length; begin += mac.getMacLength(), index++) {
                mac.update(salt);
                byte[] part = mac.doFinal(ByteBuffer.allocate(4).putInt(index).array());
                System.arraycopy(part, 0, result, begin, Math.min(part.length, length - begin));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + HMAC, e);
        }
        return result;
    }

    private static void mix(int[] block, int n) {
        int words = block.length;
        int[] memory = new int[n * words];
        int[] scratch = new int[words];
        for (int i = 0; i < n; i++) {
            System.arraycopy(block, 0, memory, i * words, words);
            mixBlocks(block, scratch);
        }
        for (int i = 0; i < n; i++) {
            int place = (block[words - 16] & n - 1) * words;
            for (int k = 0; k < words; k++) {
                block[k] ^= memory[place + k];
            }
            mixBlocks(block, scratch);
        }
    }

    /** scryptBlockMix: the even blocks of the result first, then the odd ones. */
    private static void mixBlocks(int[] block, int[] scratch) {
        int count = block.length / 16;
        int[] x = new int[16];
        int[] before = new int[16];
        System.arraycopy(block, block.length - 16, x, 0, 16);
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < 16; k++) {
                x[k] ^= block[16 * i + k];
            }
            System.arraycopy(x, 0, before, 0, 16);
            Salsa20.rounds(x, 8);
            int place = 16 * (i / 2 + (i % 2) * (count / 2));
            for (int k = 0; k < 16; k++) {
                x[k] += before[k];
                scratch[place + k] = x[k];
            }
        }
        System.arraycopy(scratch, 0, block, 0, block.length);
    }
}
