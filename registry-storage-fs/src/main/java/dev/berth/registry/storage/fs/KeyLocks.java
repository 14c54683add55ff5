package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock for each object, so that comparing and changing it is one step. Sufficient since the directory belongs to
 * one process. Held for a lookup and a rename, never while writing content or syncing.
 */
final class KeyLocks {
    private static final int STRIPES = 256;

    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    KeyLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    boolean locked(Path object, FileChange change) throws IOException {
        int hash = object.hashCode();
        ReentrantLock lock = stripes[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
        lock.lock();
        try {
            return change.run();
        } finally {
            lock.unlock();
        }
    }
}
