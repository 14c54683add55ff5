package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.ObjectVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Since when this process sees marks that are deleting, as they are. Thread-safe. */
final class RemovalWatch {
    /** More are not remembered, and not taken over while there are so many. */
    private static final int MOST = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Digest, Seen> seen = new LinkedHashMap<>();

    private record Seen(ObjectVersion version, long since) {}

    /** Returns for how many nanoseconds a mark has been seen in this version. */
    long seenFor(Digest data, ObjectVersion version, long now) {
        lock.lock();
        try {
            Seen before = seen.get(data);
            if (before != null && before.version.equals(version)) {
                return now - before.since;
            }
            if (before == null && seen.size() == MOST) {
                seen.values().removeIf(old -> now - old.since > 2 * Marks.TAKEOVER.toNanos());
            }
            if (before != null || seen.size() < MOST) {
                seen.put(data, new Seen(version, now));
            }
            return 0;
        } finally {
            lock.unlock();
        }
    }
}
