package dev.berth.registry.internal.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How much time a short body has left: a stall timeout, and time for each byte that has arrived. Thread-safe. */
final class ShortBodyWatch {
    private final long begin = System.nanoTime();
    private final Duration stallTimeout;
    private final int minimumRate;
    private final AtomicLong arrived = new AtomicLong();

    ShortBodyWatch(Duration stallTimeout, int minimumRate) {
        this.stallTimeout = stallTimeout;
        this.minimumRate = minimumRate;
    }

    /** Counts bytes. */
    void arrived(int count) {
        arrived.addAndGet(count);
    }

    Duration remaining() {
        // A little more than the stall timeout, so that a server that sends nothing at all is told from a slow one.
        // The timeout of the socket, which ends the former, is transient.
        return stallTimeout
                .plus(stallTimeout.dividedBy(8))
                .plusMillis(arrived.get() * 1000 / minimumRate)
                .minusNanos(System.nanoTime() - begin);
    }
}
