package dev.berth.registry.maintenance;

import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * Keeps a collection within its rates. What it does is counted, and it waits between one digest and the next until it is
 * within them again, so that it does not wait while it is deleting. Thread-safe.
 */
final class Throttle {
    /** What may be done at once after a while without work. */
    private static final double BURST_SECONDS = 0.1;

    /** A call that waits is told of a shutdown within this time. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final CollectionOptions options;
    private long spentUntil;

    Throttle(CollectionOptions options) {
        this.options = options;
        this.spentUntil = options.nanoTime.getAsLong();
    }

    /** Counts a call of the store. */
    void call() {
        spend(1 / options.callsPerSecond);
    }

    /** Counts bytes that were removed. */
    void removed(long bytes) {
        spend(bytes / options.bytesPerSecond);
    }

    private synchronized void spend(double seconds) {
        if (seconds > 0) {
            long earliest = options.nanoTime.getAsLong() - (long) (BURST_SECONDS * 1e9);
            spentUntil = (spentUntil - earliest < 0 ? earliest : spentUntil) + (long) (seconds * 1e9);
        }
    }

    /** Waits until the rates allow to go on, for at most a second. Returns whether they do. */
    boolean await() throws InterruptedIOException {
        Duration wait = left();
        if (wait.isNegative() || wait.isZero()) {
            return true;
        }
        sleep(options, wait.compareTo(LONGEST_PAUSE) < 0 ? wait : LONGEST_PAUSE);
        return false;
    }

    private synchronized Duration left() {
        return Duration.ofNanos(spentUntil - options.nanoTime.getAsLong());
    }

    static void sleep(CollectionOptions options, Duration duration) throws InterruptedIOException {
        try {
            options.pause.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The collection was interrupted");
        }
    }
}
