package dev.berth.registry.internal.store;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Since when this process sees objects as they are, which others have to change or to remove. Thread-safe. */
final class UnchangedSince {
    /** More are not remembered, and seen for no time while there are so many. */
    private static final int MOST = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ObjectKey, Seen> seen = new LinkedHashMap<>();

    private record Seen(ObjectVersion version, long since) {}

    /** Returns for how many nanoseconds an object has been seen in this version. */
    long seenFor(ObjectKey key, ObjectVersion version, long now) {
        lock.lock();
        try {
            Seen before = seen.get(key);
            if (before != null && before.version.equals(version)) {
                return now - before.since;
            }
            if (before == null && seen.size() == MOST) {
                seen.values().removeIf(old -> now - old.since > 2 * Marks.TAKEOVER.toNanos());
            }
            if (before != null || seen.size() < MOST) {
                seen.put(key, new Seen(version, now));
            }
            return 0;
        } finally {
            lock.unlock();
        }
    }
}
