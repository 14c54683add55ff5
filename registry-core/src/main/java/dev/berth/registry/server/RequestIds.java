package dev.berth.registry.server;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes the identifiers of requests: random UUIDs. They are for people who search logs and no secret, so they need no secure
 * randomness, for which all threads would wait.
 */
final class RequestIds {
    private static final long VERSION_BITS = 0xf000L;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_BITS = 3L << 62;
    private static final long VARIANT = 2L << 62;

    private RequestIds() {}

    static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = random.nextLong() & ~VERSION_BITS | VERSION_4;
        long low = random.nextLong() & ~VARIANT_BITS | VARIANT;
        return new UUID(high, low).toString();
    }
}
