package dev.berth.registry.mirror.replication;

import dev.berth.registry.internal.pace.Waker;
import dev.berth.registry.internal.thread.DaemonThreads;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that takes a step, waits as long as that says or until it is woken, and so on until it is closed. */
final class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Replication.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final Supplier<Duration> step;
    private final Waker waker = new Waker();
    private final Thread thread;
    private volatile boolean closed;

    Loop(String name, Supplier<Duration> step) {
        this.step = step;
        this.thread = DaemonThreads.of(this::run, name);
    }

    void start() {
        thread.start();
    }

    void wake() {
        waker.wake();
    }

    private void run() {
        try {
            while (!closed) {
                waker.await(next());
            }
        } catch (InterruptedException e) {
            // Only close does that.
            Thread.currentThread().interrupt();
        }
    }

    private Duration next() {
        try {
            return step.get();
        } catch (RuntimeException | Error e) {
            if (!closed) {
                LOG.error("A replication failed; it goes on", e);
            }
            return AFTER_FAILURE;
        }
    }

    /** Ends it, also in the middle of a step, and waits for that, at most so long; returns whether it has ended. */
    boolean close(Duration most) throws InterruptedException {
        closed = true;
        thread.interrupt();
        if (thread.isAlive()) {
            thread.join(Math.max(1, most.toMillis()));
        }
        return !thread.isAlive();
    }
}
