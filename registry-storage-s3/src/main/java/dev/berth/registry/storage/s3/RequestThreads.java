package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.Prefetch;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Sends several requests of one call at the same time, so that they take one round trip. Has threads only while they are
 * needed, and a limit of them. Nothing ever waits for a thread: what finds none free is done by the caller itself.
 *
 * <p>An opened object holds a connection while its caller waits for another response, which needs a connection too. So
 * the limit of prefetches is lower than the number of connections: otherwise they could take them all and deadlock.
 */
class RequestThreads implements AutoCloseable {
    private final ThreadPoolExecutor threads;
    private final Semaphore prefetches;

    /**
     * Starts no thread.
     *
     * @param most how many threads there are at most
     * @param mostPrefetches how many prefetches there are at most whose result has not been taken
     */
    RequestThreads(int most, int mostPrefetches) {
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(0, most, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "berth-s3-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.prefetches = new Semaphore(mostPrefetches);
    }

    /** A request of several, or a few that follow each other. */
    interface Task<T> {
        T run() throws IOException;
    }

    /**
     * Runs all tasks and returns their results in order. When this returns or fails, none of them runs any more.
     *
     * @throws IOException if one of them fails: the first failure in their order, with the others suppressed. Tasks that
     *     had not begun by then are not run
     * @throws java.io.InterruptedIOException if the calling thread is interrupted
     */
    <T> List<T> all(List<Task<T>> tasks) throws IOException {
        return tasks.size() == 1 ? List.of(tasks.get(0).run()) : new ParallelCall<T>(this).run(tasks);
    }

    /** Starts a read, or returns one that the caller does itself when it asks for the result. */
    <T> Prefetch<T> prefetch(Prefetch.Reading<T> reading, Consumer<? super T> discard) {
        if (!prefetches.tryAcquire()) {
            return Prefetch.whenAsked(reading);
        }
        RunningPrefetch<T> running = new RunningPrefetch<>(task(reading::read), discard, prefetches::release);
        if (begin(running)) {
            return running;
        }
        prefetches.release();
        return Prefetch.whenAsked(reading);
    }

    /** Makes a task that a thread may run. */
    <T> FutureTask<T> task(Callable<T> work) {
        return new FutureTask<>(work);
    }

    /** Runs a task in a thread, or returns that none is free. */
    boolean begin(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Starts no more tasks. Those that run are not interrupted, since the SDK logs errors for that. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
