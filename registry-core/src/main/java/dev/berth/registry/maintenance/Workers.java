package dev.berth.registry.maintenance;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Does the same with many things, several at the same time. The calling thread takes part. */
final class Workers {
    private final CollectionOptions options;

    Workers(CollectionOptions options) {
        this.options = options;
    }

    /** What is done with each. */
    interface Job<T> {
        void run(T thing) throws IOException;
    }

    /** Does it with all. After the first failure no more are begun; it is thrown when those that were have ended. */
    <T> void each(Collection<T> things, Job<T> job) throws IOException {
        Queue<T> left = new ConcurrentLinkedQueue<>(things);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        int others = Math.min(options.parallel, things.size()) - 1;
        CountDownLatch ended = new CountDownLatch(Math.max(0, others));
        for (int i = 0; i < others; i++) {
            try {
                options.executor.execute(() -> {
                    try {
                        work(left, job, failure);
                    } finally {
                        ended.countDown();
                    }
                });
            } catch (RejectedExecutionException e) {
                // The others do it.
                ended.countDown();
            }
        }
        work(left, job, failure);
        await(ended);
        rethrow(failure.get());
    }

    private static <T> void work(Queue<T> left, Job<T> job, AtomicReference<@Nullable Throwable> failure) {
        try {
            for (T thing = left.poll(); thing != null && failure.get() == null; thing = left.poll()) {
                job.run(thing);
            }
        } catch (IOException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private static void await(CountDownLatch ended) throws InterruptedIOException {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The collection was interrupted");
        }
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }
}
