package dev.berth.registry.internal.transport;

import java.time.Duration;

/** How much time a short body has left: a stall timeout, and time for each byte that has arrived. Thread-safe. */
final class ShortBodyWatch {
    private final long begin = System.nanoTime();
    private final Duration stallTimeout;
    private final int minimumRate;
    private volatile long arrived;

    ShortBodyWatch(Duration stallTimeout, int minimumRate) {
        this.stallTimeout = stallTimeout;
        this.minimumRate = minimumRate;
    }

    /** Counts bytes; called by one thread. */
    void arrived(int count) {
        arrived = arrived + count;
    }

    Duration remaining() {
        // A little more than the stall timeout, so that a server that sends nothing at all is told from a slow one.
        // The timeout of the socket, which ends the former, is transient.
        return stallTimeout
                .plus(stallTimeout.dividedBy(8))
                .plusMillis(arrived * 1000 / minimumRate)
                .minusNanos(System.nanoTime() - begin);
    }
}
