package dev.berth.registry.internal.pace;

import dev.berth.registry.internal.thread.DaemonThreads;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;

/** A thread that takes a step, waits as long as that says or until it is woken, and so on until it is closed. */
public final class Loop {
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final Logger log;
    private final Supplier<Duration> step;
    private final Waker waker = new Waker();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Creates a loop that does nothing yet.
     *
     * @param name of the thread
     * @param log is told of steps that fail
     * @param step returns how long to wait for the next one
     */
    public Loop(String name, Logger log, Supplier<Duration> step) {
        this.log = log;
        this.step = step;
        this.thread = DaemonThreads.of(this::run, name);
    }

    /** Begins. Once only. */
    public void start() {
        thread.start();
    }

    /** Ends the wait that is in progress, or the next one. */
    public void wake() {
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
                log.error("Work in the background ({}) failed; it goes on", thread.getName(), e);
            }
            return AFTER_FAILURE;
        }
    }

    /** Ends it, also in the middle of a step, and waits for that, at most so long; returns whether it has ended. */
    public boolean close(Duration most) throws InterruptedException {
        closed = true;
        thread.interrupt();
        if (thread.isAlive()) {
            thread.join(Math.max(1, most.toMillis()));
        }
        return !thread.isAlive();
    }
}
