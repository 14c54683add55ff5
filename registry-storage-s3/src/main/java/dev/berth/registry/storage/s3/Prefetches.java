package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.Prefetch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs reads in other threads, so that two reads of a call take one round trip. Has threads only while they are needed,
 * and a limit of concurrent reads; beyond the limit, a read runs when its result is requested.
 *
 * <p>An opened object holds a connection while its caller waits for another response, which needs a connection too. So
 * the limit is lower than the number of connections: otherwise prefetches could take them all and deadlock.
 */
final class Prefetches implements AutoCloseable {
    private final Semaphore most;
    private final ThreadPoolExecutor threads;

    Prefetches(int most) {
        this.most = new Semaphore(most);
        AtomicInteger number = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "berth-s3-read-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    <T> Prefetch<T> begin(Prefetch.Reading<T> reading, Consumer<? super T> discard) {
        if (!most.tryAcquire()) {
            return Prefetch.whenAsked(reading);
        }
        RunningPrefetch<T> running = new RunningPrefetch<>(reading, discard, most::release);
        try {
            threads.execute(running);
            return running;
        } catch (RejectedExecutionException e) {
            // The store was closed, which the read will report.
            most.release();
            return Prefetch.whenAsked(reading);
        }
    }

    /** Starts no more reads. Reads in progress are not interrupted, since the SDK logs errors for that. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
