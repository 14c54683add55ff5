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
 * Runs readings beside others of the same call, so that both take one round trip. Has threads only while there is
 * something to do, and no more than there may be readings at a time; what comes above that is read when it is asked for.
 *
 * <p>What has been opened holds a connection while its caller waits for the answer to something else, which needs a
 * connection too. So there are fewer of these at a time than connections: otherwise they could have them all, and wait for
 * ever.
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
            // The store has been closed, as the reading will find.
            most.release();
            return Prefetch.whenAsked(reading);
        }
    }

    /** Begins nothing more. What is under way ends by itself: the SDK complains loudly of being interrupted. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
