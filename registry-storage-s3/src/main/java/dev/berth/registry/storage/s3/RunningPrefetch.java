package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.Prefetch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A reading that another thread does. */
final class RunningPrefetch<T> implements Prefetch<T>, Runnable {
    private final FutureTask<T> task;
    private final Consumer<? super T> discard;
    private final Runnable whenOver;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean givenUp;

    /**
     * Creates a prefetch without starting it.
     *
     * @param task reads
     * @param whenOver runs once, when the result has been taken or discarded
     */
    RunningPrefetch(FutureTask<T> task, Consumer<? super T> discard, Runnable whenOver) {
        this.task = task;
        this.discard = discard;
        this.whenOver = whenOver;
    }

    @Override
    public void run() {
        task.run();
        if (givenUp) {
            drop();
        }
    }

    @Override
    public T get() throws IOException {
        try {
            T result = task.get();
            end();
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("Interrupted while S3 was at work");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            end();
            throw failure(e);
        }
    }

    /** Returns how the reading failed, or throws it. */
    private static IOException failure(ExecutionException e) {
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
        givenUp = true;
        if (task.isDone()) {
            drop();
        }
    }

    /** Discards the result unless it has been taken. The later one of the reading thread and the caller does this. */
    private void drop() {
        if (end()) {
            try {
                discard.accept(task.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException e) {
                // There is nothing to discard, and no caller to inform.
            }
        }
    }

    private boolean end() {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            whenOver.run();
        }
        return first;
    }
}
