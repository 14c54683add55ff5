package dev.berth.registry.event;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Generates ids that ascend, also within a millisecond and when the clock goes back: the 74 random bits of a UUID of
 * version 7 are drawn once for each millisecond and then counted up (RFC 9562, section 6.2, method 2). Thread-safe.
 */
final class EventIds {
    private static final long LARGEST_TIME = (1L << 48) - 1;
    private static final long VERSION = 7L << 12;
    private static final long VARIANT = 2L << 62;
    private static final int HIGH_BITS = 12;
    private static final int LOW_BITS = 62;

    private final SecureRandom random = new SecureRandom();
    private long time = -1;
    private long high;
    private long low;

    /** Returns an id that is larger than all before it. */
    synchronized EventId next(Instant now) {
        long millis = Math.max(0, Math.min(now.toEpochMilli(), LARGEST_TIME));
        if (millis > time) {
            restart(millis);
        } else {
            increment();
        }
        return new EventId(new UUID(time << 16 | VERSION | high, VARIANT | low).toString());
    }

    private void restart(long millis) {
        time = millis;
        high = random.nextInt(1 << HIGH_BITS);
        low = random.nextLong() >>> (Long.SIZE - LOW_BITS);
    }

    private void increment() {
        low++;
        if (low == 1L << LOW_BITS) {
            low = 0;
            high++;
        }
        if (high == 1L << HIGH_BITS) {
            restart(time + 1);
        }
    }
}
