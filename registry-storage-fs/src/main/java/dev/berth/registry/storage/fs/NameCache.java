package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the sorted names of large directories that were listed recently, so that paging does not read a directory
 * again for each page.
 *
 * <p>A change by this store evicts the directory before the change returns. Changes by other programs are detected by
 * the modification time of the directory, which is read for each page. Names that were read so soon after a change that
 * the next one may get the same time are not cached.
 */
final class NameCache {
    /** A directory of fewer names is not worth caching. */
    private static final int SMALL = 256;

    private static final int STRIPES = 64;

    private final DirectoryReader reader;
    private final DirectoryChanges changes = new DirectoryChanges();
    private final InstantSource clock;
    private final long maxWeight;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Path, Entry> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    private final List<Reading> readings = new CopyOnWriteArrayList<>();

    /** Files that are being replaced, each by one caller that holds the lock of its key. */
    private final Set<Path> replacing = new HashSet<>();

    /** Threads that need the same names read them once, one thread after the other. */
    private final ReentrantLock[] readLocks = new ReentrantLock[STRIPES];

    NameCache(DirectoryReader reader, InstantSource clock, long maxWeight) {
        this.reader = reader;
        this.clock = clock;
        this.maxWeight = maxWeight;
        for (int i = 0; i < STRIPES; i++) {
            readLocks[i] = new ReentrantLock();
        }
    }

    /** Returns the counts of the changes that this is told of. */
    DirectoryChanges changes() {
        return changes;
    }

    /**
     * Returns the names of a directory, at least the next ones after one of them; none if there is no such directory.
     */
    DirectoryNames names(Path directory, String after) throws IOException {
        DirectoryNames known = find(directory, after);
        if (known != null) {
            return known;
        }
        int hash = directory.hashCode();
        ReentrantLock readLock = readLocks[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
        readLock.lock();
        try {
            known = find(directory, after);
            return known != null ? known : read(directory, after);
        } finally {
            readLock.unlock();
        }
    }

    private @Nullable DirectoryNames find(Path directory, String after) throws IOException {
        Entry candidate;
        lock.lock();
        try {
            candidate = kept.get(directory);
        } finally {
            lock.unlock();
        }
        return candidate != null
                        && candidate.names().covers(after)
                        && candidate.stamp().equals(DirectoryStamp.read(directory))
                ? candidate.names()
                : null;
    }

    private DirectoryNames read(Path directory, String after) throws IOException {
        Reading reading = begin(directory);
        try {
            Instant start = clock.instant();
            DirectoryStamp stamp = DirectoryStamp.read(directory);
            if (stamp == null) {
                return DirectoryNames.NONE;
            }
            DirectoryNames names = reader.read(directory, after, stamp, reading);
            if (isWorthKeeping(names) && stamp.isSettled(start) && stamp.equals(DirectoryStamp.read(directory))) {
                keep(directory, new Entry(names, stamp), reading);
            }
            return names;
        } finally {
            readings.remove(reading);
        }
    }

    private Reading begin(Path directory) {
        Reading reading = new Reading(directory);
        lock.lock();
        try {
            readings.add(reading);
            for (Path file : replacing) {
                if (Directories.of(file).equals(directory)) {
                    reading.replaced.add(file);
                }
            }
            return reading;
        } finally {
            lock.unlock();
        }
    }

    private boolean isWorthKeeping(DirectoryNames names) {
        return (names.size() >= SMALL || !names.isWhole()) && names.weight() <= maxWeight;
    }

    private void keep(Path directory, Entry read, Reading reading) {
        lock.lock();
        try {
            if (reading.changed) {
                return;
            }
            forget(directory);
            kept.put(directory, read);
            weight += read.names().weight();
            Iterator<Entry> eldest = kept.values().iterator();
            while (weight > maxWeight) {
                weight -= eldest.next().names().weight();
                eldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    private void forget(Path directory) {
        Entry forgotten = kept.remove(directory);
        if (forgotten != null) {
            weight -= forgotten.names().weight();
        }
    }

    /** A file was created or removed. */
    void filesChanged(Path directory) {
        changed(directory, false);
    }

    /**
     * Records that a file is about to be created or replaced. Some file systems (Btrfs, tmpfs) then move it within its
     * directory, and a reader between the new and the old position misses the name, although it exists all the time.
     * Readers therefore add such names.
     */
    void fileReplacing(Path file) {
        Path directory = Directories.of(file);
        lock.lock();
        try {
            replacing.add(file);
            for (Reading reading : readings) {
                if (reading.directory.equals(directory)) {
                    reading.replaced.add(file);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The file was replaced, or not. */
    void fileReplaced(Path file) {
        lock.lock();
        try {
            replacing.remove(file);
            changed(Directories.of(file), false);
        } finally {
            lock.unlock();
        }
    }

    /** A directory was created or removed. */
    void directoriesChanged(Path directory) {
        changed(directory, true);
    }

    /**
     * A directory may be about to be removed. A reader that has seen it may still be reading when it is gone, and must
     * know.
     */
    void directoriesChanging(Path directory) {
        for (Reading reading : readings) {
            if (reading.directory.equals(directory)) {
                reading.directoriesChanged = true;
            }
        }
    }

    private void changed(Path directory, boolean directories) {
        changes.changed(directory);
        lock.lock();
        try {
            forget(directory);
            for (Reading reading : readings) {
                if (reading.directory.equals(directory)) {
                    reading.changed = true;
                    if (directories) {
                        reading.directoriesChanged = true;
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private record Entry(DirectoryNames names, DirectoryStamp stamp) {}

    /** A directory that is being read. */
    static final class Reading {
        private final Path directory;
        private final Set<Path> replaced = ConcurrentHashMap.newKeySet();
        private volatile boolean changed;
        private volatile boolean directoriesChanged;

        private Reading(Path directory) {
            this.directory = directory;
        }

        /** Files that were replaced since it began. */
        Set<Path> replaced() {
            return replaced;
        }

        /** Returns whether a subdirectory was created or removed, or was about to be. */
        boolean directoriesChanged() {
            return directoriesChanged;
        }
    }
}
