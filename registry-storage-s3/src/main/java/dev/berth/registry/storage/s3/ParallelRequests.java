package dev.berth.registry.storage.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends several requests of one call at the same time, while the calling thread waits. Has a few threads, and none
 * while it is idle.
 */
final class ParallelRequests implements AutoCloseable {
    private static final int THREADS = 16;

    private final ThreadPoolExecutor threads;

    ParallelRequests() {
        AtomicInteger number = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "berth-s3-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** A request of several. */
    interface Task<T> {
        T run() throws IOException;
    }

    /** Runs all tasks and returns their results in order, or fails with the first failure and cancels the others. */
    <T> List<T> all(List<Task<T>> tasks) throws IOException {
        if (tasks.size() == 1) {
            return List.of(tasks.get(0).run());
        }
        List<Future<T>> running = new ArrayList<>(tasks.size());
        try {
            for (Task<T> task : tasks) {
                running.add(threads.submit(task::run));
            }
        } catch (RejectedExecutionException e) {
            running.forEach(task -> task.cancel(true));
            throw new IOException("This store has been closed", e);
        }
        return results(running);
    }

    private static <T> List<T> results(List<Future<T>> running) throws IOException {
        List<T> results = new ArrayList<>(running.size());
        IOException failure = null;
        for (Future<T> task : running) {
            try {
                if (failure == null) {
                    results.add(task.get());
                } else {
                    task.cancel(true);
                }
            } catch (InterruptedException e) {
                failure = interrupted(e);
            } catch (ExecutionException e) {
                failure = failure(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("Interrupted while S3 was at work");
        interrupted.initCause(e);
        return interrupted;
    }

    /** Returns how a task failed, or throws it. */
    static IOException failure(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        if (e.getCause() instanceof RuntimeException failed) {
            throw failed;
        }
        return e.getCause() instanceof IOException failed ? failed : new IOException(e);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
