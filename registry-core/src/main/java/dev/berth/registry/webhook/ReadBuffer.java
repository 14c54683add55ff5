package dev.berth.registry.webhook;

import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.internal.event.EventCodec;
import dev.berth.registry.internal.eventlog.EventLog;
import dev.berth.registry.internal.eventlog.LogEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Reads that wait in memory to be written to the log in batches. A request never waits for that. Thread-safe. */
final class ReadBuffer {
    private final EventLog eventLog;
    private final Told told;
    private final InstantSource clock;
    private final int capacity;
    private final int batch;
    private final Duration interval;
    private final AtomicLong dropped = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock flushing = new ReentrantLock();
    private final ArrayDeque<RegistryEvent> waiting = new ArrayDeque<>();
    private @Nullable Instant since;

    ReadBuffer(EventLog eventLog, Told told, WebhookOptions options) {
        this.eventLog = eventLog;
        this.told = told;
        this.clock = options.clock();
        this.capacity = options.readsBuffered();
        this.batch = options.readBatch();
        this.interval = options.readInterval();
    }

    /** Takes reads, and returns whether there are enough for a batch. */
    boolean add(List<RegistryEvent> reads) {
        lock.lock();
        try {
            for (RegistryEvent read : reads) {
                if (waiting.size() < capacity) {
                    if (waiting.isEmpty()) {
                        since = clock.instant();
                    }
                    waiting.add(read);
                } else {
                    dropped.incrementAndGet();
                }
            }
            return waiting.size() >= batch;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits in full batches, and the rest once it has waited for long enough, or if {@code all}. */
    void flush(boolean all) throws IOException {
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            told.dropped(
                    "",
                    (int) Math.min(Integer.MAX_VALUE, lost),
                    "there are more reads than the buffer in memory has room for");
        }
        flushing.lock();
        try {
            for (List<RegistryEvent> next = next(all); !next.isEmpty(); next = next(all)) {
                eventLog.append(new LogEntry(true, Optional.empty(), EventCodec.encode(next)));
                written(next.size());
            }
        } finally {
            flushing.unlock();
        }
    }

    private List<RegistryEvent> next(boolean all) {
        lock.lock();
        try {
            boolean due = since != null && !clock.instant().isBefore(since.plus(interval));
            if (waiting.size() < batch && !all && !due) {
                return List.of();
            }
            return new ArrayList<>(waiting).subList(0, Math.min(batch, waiting.size()));
        } finally {
            lock.unlock();
        }
    }

    private void written(int number) {
        lock.lock();
        try {
            for (int i = 0; i < number; i++) {
                waiting.poll();
            }
            since = waiting.isEmpty() ? null : clock.instant();
        } finally {
            lock.unlock();
        }
    }
}
