package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock for each object, so that comparing and changing it is one step. Sufficient since the directory belongs to one
 * process. Held while the change becomes durable, so that objects must not share locks; never while content is written.
 */
final class KeyLocks {
    private final ConcurrentMap<Path, KeyLock> locks = new ConcurrentHashMap<>();

    /** A lock, and how many hold it or wait for it. The number changes only in steps of the map. */
    private static final class KeyLock {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    /** Locks that are held. */
    interface Locked extends AutoCloseable {
        @Override
        void close();
    }

    /** Locks several objects. All callers must sort them in the same way. */
    Locked lock(List<Path> sorted) {
        for (Path object : sorted) {
            locks.compute(object, (path, present) -> {
                        KeyLock lock = present == null ? new KeyLock() : present;
                        lock.users++;
                        return lock;
                    })
                    .lock
                    .lock();
        }
        return () -> sorted.forEach(this::unlock);
    }

    private void unlock(Path object) {
        locks.computeIfPresent(object, (path, present) -> {
            present.lock.unlock();
            return --present.users == 0 ? null : present;
        });
    }

    boolean locked(Path object, FileChange change) throws IOException {
        try (Locked locked = lock(List.of(object))) {
            return change.run();
        }
    }
}
