package dev.berth.registry.storage.s3;

import java.util.Random;

/** Content for tests: without a pattern, and always the same for the same seed and size. */
final class RandomBytes {
    private RandomBytes() {}

    static byte[] random(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
