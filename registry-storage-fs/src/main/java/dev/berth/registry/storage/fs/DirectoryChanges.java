package dev.berth.registry.storage.fs;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the changes of files by this store, for each directory. Who reads a count before a file, and finds the same count
 * later, knows that no change of the file by this store has been acknowledged in between. Thread-safe.
 */
final class DirectoryChanges {
    private static final int STRIPES = 4096;

    private final AtomicLongArray counts = new AtomicLongArray(STRIPES);

    /** Returns a count. */
    long of(int stripe) {
        return counts.get(stripe);
    }

    /** Returns which of the counts is that of a directory; another directory may share it. */
    static int stripe(Path directory) {
        int hash = directory.hashCode();
        return (hash ^ (hash >>> 16)) & (STRIPES - 1);
    }

    /** A file of the directory has been created, replaced or removed. Called before the change is acknowledged. */
    void changed(Path directory) {
        counts.incrementAndGet(stripe(directory));
    }
}
