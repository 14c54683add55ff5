package dev.berth.registry.engine;

import dev.berth.registry.storage.ObjectVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * For how long this process has seen each upload idle. Not by the time in its record: the clock of a machine may be
 * wrong by days when it starts, and those of several machines may differ. So an upload of an earlier process, or of
 * another one, is idle from when this one first sees it, or sees its record changed. Thread-safe.
 */
final class IdleUploads {
    /** More are not remembered. They are purged once others have been. */
    private static final int MOST = 100_000;

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Seen> uploads = new HashMap<>();

    IdleUploads(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Seen(ObjectVersion record, long since) {}

    /** Notes that this process has changed an upload, whose record has this version now. */
    void changed(String id, ObjectVersion record) {
        lock.lock();
        try {
            if (uploads.size() < MOST || uploads.containsKey(id)) {
                uploads.put(id, new Seen(record, nanoTime.getAsLong()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns for how long the record has been seen in this version. */
    Duration idle(String id, ObjectVersion record) {
        lock.lock();
        try {
            Seen seen = uploads.get(id);
            if (seen == null || !seen.record().equals(record)) {
                changed(id, record);
                return Duration.ZERO;
            }
            return Duration.ofNanos(nanoTime.getAsLong() - seen.since());
        } finally {
            lock.unlock();
        }
    }

    void forget(String id) {
        lock.lock();
        try {
            uploads.remove(id);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the uploads that are remembered. */
    Set<String> known() {
        lock.lock();
        try {
            return Set.copyOf(uploads.keySet());
        } finally {
            lock.unlock();
        }
    }
}
