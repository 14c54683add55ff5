package dev.berth.registry.copy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends all that a copy does at a time when one part of it fails: streams are closed, threads interrupted. The first
 * failure is that of the copy; what comes of the ending is not. Thread-safe.
 */
final class Cancellation {
    private final String what;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private final Set<Runnable> endings = ConcurrentHashMap.newKeySet();

    /**
     * Begins without a failure.
     *
     * @param what what is being done, to go on "Could not …"
     */
    Cancellation(String what) {
        this.what = what;
    }

    void fail(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            endings.forEach(Runnable::run);
            failed.complete(null);
        }
    }

    /** Fails because the calling thread was interrupted. */
    void interrupted() {
        fail(interruption());
    }

    private RegistryException interruption() {
        return RegistryException.of(
                ErrorCode.UNAVAILABLE,
                "Could not " + what + ": it was interrupted; what is at the target already will not be moved again");
    }

    void throwIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw interruption();
        }
    }

    boolean hasFailed() {
        return failure.get() != null;
    }

    void throwIfFailed() {
        Throwable cause = failure.get();
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Adds something that ends a part of the work, in any thread; it is run at once if the copy has failed already. */
    void add(Runnable ending) {
        endings.add(ending);
        if (hasFailed()) {
            ending.run();
        }
    }

    void remove(Runnable ending) {
        endings.remove(ending);
    }

    /** Waits for something that another copy does, or for the failure of this one. */
    void await(CompletableFuture<?> other) {
        try {
            CompletableFuture.anyOf(other, failed).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interruption();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Nothing completes these with an exception", e);
        }
        throwIfFailed();
    }
}
