package dev.berth.registry.audit.store;

import dev.berth.registry.audit.AuditEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/** The events that were told and not written yet. Bounded. Thread-safe. */
final class Waiting {
    private final String node = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private List<StoredEvent> events = new ArrayList<>();
    private long number;
    private long lost;

    Waiting(int capacity) {
        this.capacity = capacity;
    }

    /** Takes an event, or counts it as lost. Never waits for the store. */
    void add(AuditEvent event) {
        lock.lock();
        try {
            if (events.size() < capacity) {
                events.add(named(event));
            } else {
                lost++;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The name has the order in which events were told. */
    private StoredEvent named(AuditEvent event) {
        AuditEvent timed = new AuditEvent(
                SegmentName.within(event.time()),
                event.type(),
                event.origin(),
                event.repository(),
                event.target(),
                event.outcome(),
                event.reason());
        return new StoredEvent(String.format(Locale.ROOT, "%s-%012d", node, number++), timed);
    }

    /** Returns what waits, which waits no longer. */
    List<StoredEvent> take() {
        lock.lock();
        try {
            List<StoredEvent> taken = events;
            events = new ArrayList<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many were lost since the last call. */
    long takeLost() {
        lock.lock();
        try {
            long taken = lost;
            lost = 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
