package dev.berth.registry.contract;

import dev.berth.registry.DigestAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/** Bytes that can be made again from a number, so that tests know what they must find. */
final class Contents {
    private static final int HEADER = Integer.BYTES + Long.BYTES;

    private Contents() {}

    /** Bytes without a pattern, always the same for the same seed and size. */
    static byte[] random(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Bytes that say themselves what they must be: their size, a seed, and what follows from it. */
    static byte[] selfDescribing(long seed, int size) {
        byte[] bytes = new byte[Math.max(size, HEADER)];
        fill(bytes, seed);
        ByteBuffer.wrap(bytes).putInt(bytes.length).putLong(seed);
        return bytes;
    }

    /** Whether these bytes are, as a whole, what {@link #selfDescribing} once returned. */
    static boolean isIntact(byte[] bytes) {
        if (bytes.length < HEADER) {
            return false;
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        return header.getInt() == bytes.length && Arrays.equals(bytes, selfDescribing(header.getLong(), bytes.length));
    }

    /** Cheap to make, and different at every position within any range that matters. */
    private static void fill(byte[] bytes, long seed) {
        long state = seed;
        for (int i = 0; i < bytes.length; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            bytes[i] = (byte) (state >>> 56);
        }
    }

    static String sha256(InputStream content) throws IOException {
        var digest = DigestAlgorithm.SHA256.newMessageDigest();
        byte[] buffer = new byte[16 * 1024];
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
