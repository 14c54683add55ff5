package dev.berth.registry.engine;

import com.google.common.base.Throwables;
import dev.berth.registry.internal.store.RepairPass;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few daemon threads that take the steps of one pass over the repair journal, and end with it. */
final class ReplayThreads {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayThreads.class);

    /** Most of the time they wait for the store. */
    static final int THREADS = 8;

    /** How long {@link #stop} waits for calls of the store that do not react to an interrupt, in milliseconds. */
    private static final long STOP_MILLIS = 5_000;

    private final RepairPass pass;
    private final List<Thread> threads;
    private volatile @Nullable Throwable failure;
    private volatile boolean stopped;

    ReplayThreads(RepairPass pass) {
        this.pass = pass;
        this.threads = IntStream.rangeClosed(1, THREADS)
                .mapToObj(number -> {
                    Thread thread = new Thread(this::work, "berth-replay-" + number);
                    thread.setDaemon(true);
                    return thread;
                })
                .toList();
    }

    void start() {
        threads.forEach(Thread::start);
    }

    boolean working() {
        return threads.stream().anyMatch(Thread::isAlive);
    }

    /** Waits for the end of the pass, and returns how many entries it has deleted. */
    int await() throws IOException, InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        Throwable failed = failure;
        if (failed != null) {
            Throwables.throwIfInstanceOf(failed, IOException.class);
            Throwables.throwIfUnchecked(failed);
            throw new IllegalStateException(failed);
        }
        return pass.removed();
    }

    /** Lets the threads end after the call of the store that they are in, which is interrupted. */
    void stop() {
        stopped = true;
        threads.forEach(Thread::interrupt);
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        try {
            for (Thread thread : threads) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left > 0) {
                    thread.join(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean mayGoOn() {
        return !stopped && failure == null;
    }

    private void work() {
        try {
            boolean more = true;
            while (more && mayGoOn()) {
                more = pass.step(this::mayGoOn);
            }
        } catch (IOException | RuntimeException | Error e) {
            // An error too: whoever waits for the pass must not take it for complete.
            boolean first = failure == null;
            failure = e;
            if (first && !stopped) {
                LOG.warn("Deletions that may be half done are left to the next maintenance: {}", e.toString());
                LOG.debug("The replay of the repair journal failed", e);
            }
        }
    }
}
