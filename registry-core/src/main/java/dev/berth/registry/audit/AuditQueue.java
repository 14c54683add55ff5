package dev.berth.registry.audit;

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
 * Keeps events in memory and tells them to a listener that may be slow, one after the other, in threads of an executor. No
 * request waits for it.
 *
 * <p>The queue is bounded. Events that exceed its capacity are dropped, counted, and their number is logged; those that wait
 * are lost when the process ends. So this is for alarms; an {@link AuditLog} that must be complete is told without it.
 * Thread-safe.
 *
 * @since 0.1
 */
public final class AuditQueue implements AuditListener {
    /** The default number of events that can wait. */
    public static final int DEFAULT_CAPACITY = 1024;

    /** Not below the name of the audit log, in which nothing else may stand. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.berth.registry.AuditListener");

    private final AuditListener listener;
    private final Executor executor;
    private final BlockingQueue<AuditEvent> waiting;
    private final AtomicBoolean telling = new AtomicBoolean();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong unreported = new AtomicLong();

    private AuditQueue(AuditListener listener, Executor executor, int capacity) {
        this.listener = AuditListener.guarded(listener);
        this.executor = Objects.requireNonNull(executor, "executor");
        this.waiting = new ArrayBlockingQueue<>(capacity);
    }

    /**
     * Returns a queue in which {@value #DEFAULT_CAPACITY} events can wait.
     *
     * @param executor calls the listener; one that does so in the thread that tells an event delays that thread
     */
    public static AuditQueue of(AuditListener listener, Executor executor) {
        return of(listener, executor, DEFAULT_CAPACITY);
    }

    /**
     * Returns a queue with a capacity.
     *
     * @param executor calls the listener; one that does so in the thread that tells an event delays that thread
     * @param capacity the number of events that can wait
     * @throws IllegalArgumentException if the capacity is less than one
     */
    public static AuditQueue of(AuditListener listener, Executor executor, int capacity) {
        return new AuditQueue(listener, executor, capacity);
    }

    /** Takes an event. Never waits and never fails. */
    @Override
    public void on(AuditEvent event) {
        if (waiting.offer(event)) {
            tellSoon();
        } else {
            drop(1);
        }
    }

    private void drop(long events) {
        dropped.addAndGet(events);
        unreported.addAndGet(events);
    }

    private void tellSoon() {
        if (!telling.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::tell);
        } catch (RejectedExecutionException e) {
            telling.set(false);
            long lost = 0;
            while (waiting.poll() != null) {
                lost++;
            }
            drop(lost);
            reportDropped();
        }
    }

    private void tell() {
        @Nullable AuditEvent event = waiting.poll();
        while (event != null) {
            try {
                listener.on(event);
            } catch (Error e) {
                LOG.error("A listener of the audit failed at an event of type {}", event.type(), e);
            }
            event = waiting.poll();
        }
        reportDropped();
        telling.set(false);
        if (!waiting.isEmpty()) {
            // An event came after the last poll.
            tellSoon();
        }
    }

    private void reportDropped() {
        long lost = unreported.getAndSet(0);
        if (lost > 0) {
            LOG.error("{} events of the audit were not told: the listener is too slow, or its executor ended", lost);
        }
    }

    /** Returns the number of events that were dropped: the queue was full, or the executor took no more work. */
    public long dropped() {
        return dropped.get();
    }
}
