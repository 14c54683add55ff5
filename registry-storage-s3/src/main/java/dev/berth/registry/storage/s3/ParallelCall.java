package dev.berth.registry.storage.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The tasks of one call that run at the same time, and all end before the call does. */
final class ParallelCall<T> {
    private final RequestThreads threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Thread> working = new HashSet<>();
    private boolean stopped;
    private boolean interrupted;
    private @Nullable IOException failure;

    ParallelCall(RequestThreads threads) {
        this.threads = threads;
    }

    List<T> run(List<RequestThreads.Task<T>> tasks) throws IOException {
        List<FutureTask<T>> all = new ArrayList<>(tasks.size());
        tasks.forEach(task -> all.add(threads.task(() -> work(task))));
        int begun = 0;
        while (begun < all.size() && goesOn()) {
            FutureTask<T> task = all.get(begun);
            begun++;
            // The last one is for this thread, which has nothing else to do.
            if (begun == all.size() || !threads.begin(task)) {
                task.run();
            }
        }
        List<T> results = new ArrayList<>(begun);
        all.subList(0, begun).forEach(task -> await(task, results));
        if (interrupted || Thread.currentThread().isInterrupted()) {
            throw interruption();
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private boolean goesOn() {
        lock.lock();
        try {
            return !stopped && !Thread.currentThread().isInterrupted();
        } finally {
            lock.unlock();
        }
    }

    private T work(RequestThreads.Task<T> task) throws IOException {
        change(() -> working.add(Thread.currentThread()));
        try {
            return task.run();
        } catch (IOException | RuntimeException | Error e) {
            change(() -> stopped = true);
            throw e;
        } finally {
            // From here on this thread is not interrupted any more, as it may soon work for another call.
            change(() -> working.remove(Thread.currentThread()));
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    private void await(FutureTask<T> task, List<T> results) {
        while (true) {
            try {
                results.add(task.get());
                return;
            } catch (InterruptedException e) {
                interrupted = true;
                change(() -> working.forEach(Thread::interrupt));
            } catch (ExecutionException e) {
                failed(e.getCause());
                return;
            }
        }
    }

    private void failed(@Nullable Throwable cause) {
        if (failure == null) {
            failure = cause instanceof IOException ioFailure ? ioFailure : new IOException(cause);
        } else if (cause != null && !cause.equals(failure)) {
            failure.addSuppressed(cause);
        }
    }

    private InterruptedIOException interruption() {
        Thread.currentThread().interrupt();
        InterruptedIOException interruption = new InterruptedIOException("Interrupted while S3 was at work");
        if (failure != null) {
            interruption.addSuppressed(failure);
        }
        return interruption;
    }
}
