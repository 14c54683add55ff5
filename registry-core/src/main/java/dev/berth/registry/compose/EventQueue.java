package dev.berth.registry.compose;

import dev.berth.registry.event.EventSink;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.event.RegistryListener;
import java.util.ArrayList;
import java.util.List;
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
 * A sink that keeps events in memory and delivers them to a listener, one after the other, in threads of an executor. A
 * slow or failing listener therefore affects no request.
 *
 * <p>The queue is bounded. Events that exceed its capacity are dropped and counted, and those that wait are lost when
 * the process ends. Each event is delivered at most once; one with which the listener fails is counted and not delivered
 * again. One queue can serve many {@link Observed} registries. Thread-safe.
 *
 * @since 0.1
 */
public final class EventQueue implements EventSink {
    /** The default number of events that can wait. */
    public static final int DEFAULT_CAPACITY = 1024;

    private static final Logger log = LoggerFactory.getLogger(EventQueue.class);

    private final RegistryListener listener;
    private final Executor executor;
    private final BlockingQueue<RegistryEvent> waiting;
    private final AtomicBoolean delivering = new AtomicBoolean();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean closed;

    private EventQueue(RegistryListener listener, Executor executor, int capacity) {
        this.listener = Objects.requireNonNull(listener, "listener");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.waiting = new ArrayBlockingQueue<>(capacity);
    }

    /**
     * Returns a queue in which {@value #DEFAULT_CAPACITY} events can wait.
     *
     * @param executor calls the listener; one that does so in the thread that publishes an event delays that thread
     */
    public static EventQueue of(RegistryListener listener, Executor executor) {
        return of(listener, executor, DEFAULT_CAPACITY);
    }

    /**
     * Returns a queue with a capacity.
     *
     * @param executor calls the listener; one that does so in the thread that publishes an event delays that thread
     * @param capacity the number of events that can wait
     * @throws IllegalArgumentException if the capacity is less than one
     */
    public static EventQueue of(RegistryListener listener, Executor executor, int capacity) {
        return new EventQueue(listener, executor, capacity);
    }

    /** Takes events. Never waits and never fails. Events that do not fit, or come after {@link #close}, are dropped. */
    @Override
    public void publish(List<RegistryEvent> events) {
        boolean taken = false;
        for (RegistryEvent event : events) {
            if (!closed && waiting.offer(event)) {
                taken = true;
            } else {
                dropped.incrementAndGet();
            }
        }
        if (taken) {
            deliverSoon();
        }
    }

    /** Drops events that are published from now on. Those that wait are still delivered. */
    @Override
    public void close() {
        closed = true;
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
            log.error("{} events of the registry are lost: the executor takes no more work", lost, e);
        }
    }

    private void deliver() {
        @Nullable RegistryEvent event = waiting.poll();
        while (event != null) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException | Error e) {
                failed.incrementAndGet();
                log.error("A listener of the registry failed with the event {}", event, e);
            }
            event = waiting.poll();
        }
        delivering.set(false);
        if (!waiting.isEmpty()) {
            // An event was published after the last poll.
            deliverSoon();
        }
    }

    /** Returns the number of events that were dropped: the queue was full or closed, or the executor took no more work. */
    public long dropped() {
        return dropped.get();
    }

    /** Returns the number of events with which the listener failed. */
    public long failed() {
        return failed.get();
    }
}
