package dev.berth.registry.scan.internal.key;

import java.math.BigInteger;
import java.util.Arrays;

/** The authenticator Poly1305 (RFC 8439, section 2.5). Meant for content as small as a key. */
final class Poly1305 {
    private static final BigInteger PRIME = BigInteger.ONE.shiftLeft(130).subtract(BigInteger.valueOf(5));
    private static final BigInteger CLAMP = new BigInteger("0ffffffc0ffffffc0ffffffc0fffffff", 16);
    private static final int BLOCK = 16;

    private Poly1305() {}

    /** Returns the 16 bytes that authenticate a message under a key of 32 bytes, which serves for one message only. */
    static byte[] tag(byte[] key, byte[] message) {
        BigInteger factor = number(Arrays.copyOfRange(key, 0, BLOCK)).and(CLAMP);
        BigInteger sum = BigInteger.ZERO;
        for (int begin = 0; begin < message.length; begin += BLOCK) {
            byte[] block = Arrays.copyOfRange(message, begin, Math.min(message.length, begin + BLOCK));
            BigInteger number = number(block).setBit(8 * block.length);
            sum = sum.add(number).multiply(factor).mod(PRIME);
        }
        byte[] bytes =
                sum.add(number(Arrays.copyOfRange(key, BLOCK, 2 * BLOCK))).toByteArray();
        byte[] tag = new byte[BLOCK];
        for (int i = 0; i < Math.min(BLOCK, bytes.length); i++) {
            tag[i] = bytes[bytes.length - 1 - i];
        }
        return tag;
    }

    private static BigInteger number(byte[] littleEndian) {
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = littleEndian[littleEndian.length - 1 - i];
        }
        return new BigInteger(1, bigEndian);
    }
}
