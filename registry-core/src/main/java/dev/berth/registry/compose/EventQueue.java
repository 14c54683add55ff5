package dev.berth.registry.compose;

import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.event.RegistryListener;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events to a listener, one after the other, by the threads of an executor: so that a listener which is slow or
 * fails harms nobody. The queue is bounded; what does not fit is dropped and counted. One queue can serve many
 * {@link Observed} registries. Thread-safe; holds nothing that must be closed.
 */
public final class EventQueue {
    /** How many events wait at most where nothing else is said. */
    public static final int DEFAULT_CAPACITY = 1024;

    private static final Logger log = LoggerFactory.getLogger(EventQueue.class);

    private final RegistryListener listener;
    private final Executor executor;
    private final BlockingQueue<RegistryEvent> waiting;
    private final AtomicBoolean delivering = new AtomicBoolean();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private EventQueue(RegistryListener listener, Executor executor, int capacity) {
        this.listener = Objects.requireNonNull(listener, "listener");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.waiting = new ArrayBlockingQueue<>(capacity);
    }

    /**
     * Returns a queue in which {@value #DEFAULT_CAPACITY} events can wait.
     *
     * @param executor calls the listener; one that does so in the thread that hands in an event delays that thread
     */
    public static EventQueue of(RegistryListener listener, Executor executor) {
        return of(listener, executor, DEFAULT_CAPACITY);
    }

    /**
     * Returns a queue.
     *
     * @param executor calls the listener; one that does so in the thread that hands in an event delays that thread
     * @param capacity how many events can wait
     * @throws IllegalArgumentException if that is less than one
     */
    public static EventQueue of(RegistryListener listener, Executor executor, int capacity) {
        return new EventQueue(listener, executor, capacity);
    }

    /** Hands in an event. Never waits, never fails. */
    public void add(RegistryEvent event) {
        if (!waiting.offer(event)) {
            dropped.incrementAndGet();
            return;
        }
        deliverSoon();
    }

    private void deliverSoon() {
        if (!delivering.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::deliver);
        } catch (RejectedExecutionException e) {
            delivering.set(false);
            int lost = waiting.drainTo(new ArrayList<>());
            dropped.addAndGet(lost);
            log.error("Events of the registry are lost: the executor takes no more work", e);
        }
    }

    private void deliver() {
        @Nullable RegistryEvent event = waiting.poll();
        while (event != null) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException | Error e) {
                failed.incrementAndGet();
                log.error(
                        "A listener of the registry failed with {}",
                        event.getClass().getSimpleName(),
                        e);
            }
            event = waiting.poll();
        }
        delivering.set(false);
        if (!waiting.isEmpty()) {
            // One came in between the last look and the end.
            deliverSoon();
        }
    }

    /** Returns how many events were dropped because the queue was full or the executor took no more work. */
    public long dropped() {
        return dropped.get();
    }

    /** Returns how many events the listener failed with. */
    public long failed() {
        return failed.get();
    }
}
