package dev.berth.registry.internal.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Ends an operation from another thread when its time is over. The timeout of a socket is for one byte: a server that sends
 * a byte now and then never exceeds it, and within a TLS record no byte even arrives. Thread-safe.
 */
final class Deadline {
    private final Supplier<Duration> remaining;
    private final Runnable end;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile CompletableFuture<Void> timer = new CompletableFuture<>();
    private volatile boolean stopped;
    private volatile boolean passed;

    private Deadline(Supplier<Duration> remaining, Runnable end) {
        this.remaining = remaining;
        this.end = end;
    }

    /**
     * Starts the time.
     *
     * @param remaining returns what is left; asked again when that is over, since progress may have earned more
     * @param end ends the operation; must not block
     */
    static Deadline start(Supplier<Duration> remaining, Runnable end) {
        Deadline deadline = new Deadline(remaining, end);
        deadline.check();
        return deadline;
    }

    /** Starts the time. */
    static Deadline start(Duration whole, Runnable end) {
        long begin = System.nanoTime();
        return start(() -> whole.minusNanos(System.nanoTime() - begin), end);
    }

    private void check() {
        if (stopped) {
            return;
        }
        long nanos = remaining.get().toNanos();
        if (nanos <= 0) {
            lock.lock();
            try {
                if (!stopped) {
                    passed = true;
                    end.run();
                }
            } finally {
                lock.unlock();
            }
            return;
        }
        CompletableFuture<Void> next = new CompletableFuture<>();
        timer = next;
        // A timer that is stopped is cancelled, and then does not check.
        CompletableFuture<Void> unused = next.thenRun(this::check);
        next.completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
        if (stopped) {
            next.cancel(false);
        }
    }

    /** Returns whether the operation was ended. */
    boolean hasPassed() {
        return passed;
    }

    /** Stops the time: the operation is over. If it was ended, that is finished when this returns. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
        timer.cancel(false);
    }
}
