package dev.berth.registry.scan.internal.key;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The stream cipher Salsa20 (Bernstein, "The Salsa20 family of stream ciphers") with the longer nonces of XSalsa20, and its
 * core, which scrypt uses as well.
 */
final class Salsa20 {
    private static final int[] CONSTANT = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    private static final int BLOCK = 64;
    private static final int ROUNDS = 20;

    private Salsa20() {}

    /** Encrypts or decrypts by XSalsa20, which takes 32 bytes of key and 24 of nonce. */
    static byte[] xor(byte[] key, byte[] nonce, byte[] content) {
        int[] subkey = subkey(words(key, 0, 8), words(nonce, 0, 4));
        int[] shortNonce = words(nonce, 16, 2);
        byte[] result = content.clone();
        int[] block = new int[16];
        ByteBuffer stream = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        for (int begin = 0; begin < content.length; begin += BLOCK) {
            int[] state = state(subkey, shortNonce[0], shortNonce[1], begin / BLOCK, 0);
            System.arraycopy(state, 0, block, 0, 16);
            rounds(block, ROUNDS);
            stream.clear();
            for (int i = 0; i < 16; i++) {
                stream.putInt(block[i] + state[i]);
            }
            for (int i = 0; i < Math.min(BLOCK, content.length - begin); i++) {
                result[begin + i] ^= stream.get(i);
            }
        }
        return result;
    }

    /** HSalsa20: the key that the first 16 bytes of the nonce turn the key into. */
    private static int[] subkey(int[] key, int[] nonce) {
        int[] state = state(key, nonce[0], nonce[1], nonce[2], nonce[3]);
        rounds(state, ROUNDS);
        return new int[] {state[0], state[5], state[10], state[15], state[6], state[7], state[8], state[9]};
    }

    private static int[] state(int[] key, int n0, int n1, int n2, int n3) {
        return new int[] {
            CONSTANT[0],
            key[0],
            key[1],
            key[2],
            key[3],
            CONSTANT[1],
            n0,
            n1,
            n2,
            n3,
            CONSTANT[2],
            key[4],
            key[5],
            key[6],
            key[7],
            CONSTANT[3]
        };
    }

    /** Mixes the 16 words of a state, without the addition at the end. */
    static void rounds(int[] x, int count) {
        for (int round = 0; round < count; round += 2) {
            quarter(x, 0, 4, 8, 12);
            quarter(x, 5, 9, 13, 1);
            quarter(x, 10, 14, 2, 6);
            quarter(x, 15, 3, 7, 11);
            quarter(x, 0, 1, 2, 3);
            quarter(x, 5, 6, 7, 4);
            quarter(x, 10, 11, 8, 9);
            quarter(x, 15, 12, 13, 14);
        }
    }

    private static void quarter(int[] x, int a, int b, int c, int d) {
        x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
        x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
        x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
        x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
    }

    private static int[] words(byte[] bytes, int offset, int count) {
        int[] words = new int[count];
        ByteBuffer.wrap(bytes, offset, 4 * count)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(words);
        return words;
    }
}
