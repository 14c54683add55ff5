package dev.berth.registry.mirror;

import dev.berth.registry.BlobContent;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.client.limit.RateLimit;
import dev.berth.registry.mirror.StaleAnswer.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls the upstream registry, in threads of the executor: who waits for an answer does so for a limited time, and whoever
 * wants the same at the same time shares the call. Remembers for a while that the registry fails or takes no more requests.
 * Thread-safe.
 */
final class UpstreamCalls {
    private final Executor executor;
    private final MirrorOptions options;
    private final MirrorListener listener;
    private final ConcurrentMap<Object, FutureTask<?>> running = new ConcurrentHashMap<>();
    private final CheckPace pace = new CheckPace();
    private final AtomicReference<Optional<RateLimit>> said = new AtomicReference<>(Optional.empty());
    private volatile @Nullable Blocked blocked;

    /** Until when nothing is checked that is here, and why. */
    private record Blocked(Instant until, Outage outage) {}

    UpstreamCalls(Executor executor, MirrorOptions options, MirrorListener listener) {
        this.executor = executor;
        this.options = options;
        this.listener = listener;
    }

    /** Returns why what is here is not to be checked now; empty if it is. */
    Optional<Outage> reasonNotToCheck() {
        Instant now = options.clock().instant();
        Blocked current = blocked;
        if (current != null && now.isBefore(current.until)) {
            return Optional.of(current.outage);
        }
        if (pace.take(options.rateLimit().get(), now)) {
            return Optional.empty();
        }
        return Optional.of(new Outage(
                Reason.LIMITED,
                RegistryException.of(
                        ErrorCode.TOOMANYREQUESTS, "The requests that the upstream registry still takes are spared")));
    }

    /**
     * Makes a call, or waits for one with the same key.
     *
     * @param key stands for what is called; equal ones are one call
     * @param deadline how long to wait; then the call ends for all that wait for it
     * @param what what the call does, to follow "Could not"
     */
    @SuppressWarnings("unchecked") // a key stands for what is called, and so for the type of the result
    <T> T call(Object key, Duration deadline, String what, Supplier<T> call) {
        AtomicReference<@Nullable FutureTask<T>> own = new AtomicReference<>();
        FutureTask<T> task = (FutureTask<T>) running.computeIfAbsent(key, any -> {
            FutureTask<T> created = new FutureTask<>(() -> {
                try {
                    return outcome(call);
                } finally {
                    // Before anybody has the result: who comes later makes a call of its own.
                    running.remove(key, own.get());
                }
            });
            own.set(created);
            return created;
        });
        if (task.equals(own.get())) {
            start(task, what, () -> running.remove(key, task));
        }
        return await(task, deadline, what, () -> running.remove(key, task));
    }

    /** Opens a blob. One that arrives after the deadline is closed. */
    BlobContent open(Duration deadline, String what, Supplier<BlobContent> open) {
        AtomicReference<@Nullable BlobContent> late = new AtomicReference<>();
        FutureTask<BlobContent> task = new FutureTask<>(() -> {
            BlobContent content = outcome(open);
            late.set(content);
            return content;
        });
        start(
                () -> {
                    task.run();
                    if (task.isCancelled()) {
                        Optional.ofNullable(late.get()).ifPresent(BlobContent::close);
                    }
                },
                what,
                () -> {});
        try {
            return await(task, deadline, what, () -> {});
        } catch (RegistryException e) {
            if (!task.cancel(true)) {
                // It may have arrived at the very moment in which this thread gave up.
                Optional.ofNullable(late.get()).ifPresent(BlobContent::close);
            }
            throw e;
        }
    }

    private void start(Runnable work, String what, Runnable undo) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException e) {
            undo.run();
            throw RegistryException.of(ErrorCode.UNAVAILABLE, "Could not " + what + ": this mirror is closed", e);
        }
    }

    private <T> T await(FutureTask<T> task, Duration deadline, String what, Runnable forget) {
        try {
            return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            forget.run();
            if (task.cancel(true) || task.isCancelled()) {
                throw noted(late(deadline, what));
            }
            // It has been answered at this very moment.
            return await(task, deadline, what, forget);
        } catch (CancellationException e) {
            throw late(deadline, what);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.of(ErrorCode.UNAVAILABLE, "Could not " + what + ": the thread was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RegistryException failure
                    ? failure
                    : RegistryException.of(ErrorCode.UNAVAILABLE, "Could not " + what + ": " + e.getCause(), e);
        }
    }

    private static RegistryException late(Duration deadline, String what) {
        String text =
                "Could not " + what + ": the upstream registry has not answered within " + deadline.toMillis() + " ms";
        return RegistryException.builder(RegistryError.of(ErrorCode.UNAVAILABLE, text))
                .cause(new TimeoutException(text))
                .remote()
                .build();
    }

    /** Makes a call, and remembers how it went. */
    private <T> T outcome(Supplier<T> call) {
        try {
            T result = call.get();
            answered();
            return result;
        } catch (RegistryException e) {
            if (e.isMissing()) {
                answered();
            } else if (!Thread.currentThread().isInterrupted()) {
                RegistryException unused = noted(e);
            }
            throw e;
        } finally {
            tellLimit();
        }
    }

    private void answered() {
        blocked = null;
        listener.answered(options.clock().instant());
    }

    /** Remembers a failure. A refusal may be of one repository only. */
    private RegistryException noted(RegistryException failure) {
        Outage outage = Outage.of(failure);
        listener.unanswered(options.clock().instant(), outage.reason(), outage.message());
        Duration pause = options.pauseAfterFailure();
        if (outage.reason() == Reason.LIMITED) {
            pause = failure.retryAfter()
                    .filter(wait -> wait.compareTo(pause()) > 0)
                    .orElse(pause);
        }
        if (outage.reason() != Reason.REFUSED && !pause.isZero()) {
            blocked = new Blocked(options.clock().instant().plus(pause), outage);
        }
        return failure;
    }

    private Duration pause() {
        return options.pauseAfterFailure();
    }

    private void tellLimit() {
        Optional<RateLimit> now = options.rateLimit().get();
        if (now.isPresent() && !now.equals(said.getAndSet(now))) {
            listener.rateLimit(now.get());
        }
    }
}
