package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The sorted names of big directories that were listed lately, so that paging through one does not read it for each page.
 *
 * <p>A change made by this store makes it forget the directory before the change returns. Changes made by others are
 * told by the time of the directory, which is looked at for each page; names read so soon after a change that the next
 * one may get the same time are not kept.
 */
final class NameCache {
    /** A directory of fewer names is read faster than it is worth keeping. */
    private static final int SMALL = 256;

    /** How many times a directory is read again if files in it were replaced meanwhile. */
    private static final int READS = 3;

    private static final int STRIPES = 64;

    private final DirectoryReader reader;
    private final InstantSource clock;
    private final long maxWeight;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Path, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    private final List<Reading> readings = new CopyOnWriteArrayList<>();

    /** Several threads that want the same names read them once, one after the other looks. */
    private final ReentrantLock[] turns = new ReentrantLock[STRIPES];

    NameCache(DirectoryReader reader, InstantSource clock, long maxWeight) {
        this.reader = reader;
        this.clock = clock;
        this.maxWeight = maxWeight;
        for (int i = 0; i < STRIPES; i++) {
            turns[i] = new ReentrantLock();
        }
    }

    /** Returns the names of a directory, at least the next ones behind one of them; none if there is no such directory. */
    DirectoryNames names(Path directory, String after) throws IOException {
        DirectoryNames known = find(directory, after);
        if (known != null) {
            return known;
        }
        int hash = directory.hashCode();
        ReentrantLock turn = turns[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
        turn.lock();
        try {
            known = find(directory, after);
            return known != null ? known : read(directory, after);
        } finally {
            turn.unlock();
        }
    }

    private @Nullable DirectoryNames find(Path directory, String after) throws IOException {
        Kept candidate;
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

    /**
     * Some file systems (Btrfs) give a replaced file a new place in its directory, behind where a reader stops: the name
     * is in neither place for it, though it was there all the time. So the directory is read again then.
     */
    private DirectoryNames read(Path directory, String after) throws IOException {
        for (int i = 1; ; i++) {
            Reading reading = new Reading(directory);
            readings.add(reading);
            try {
                Instant start = clock.instant();
                DirectoryStamp stamp = DirectoryStamp.read(directory);
                if (stamp == null) {
                    return DirectoryNames.NONE;
                }
                DirectoryNames names = reader.read(directory, after, stamp, reading);
                if (reading.fileReplaced && reader.mayMissReplaced() && i < READS) {
                    continue;
                }
                if (isWorthKeeping(names) && stamp.isSettled(start) && stamp.equals(DirectoryStamp.read(directory))) {
                    keep(directory, new Kept(names, stamp), reading);
                }
                return names;
            } finally {
                readings.remove(reading);
            }
        }
    }

    private boolean isWorthKeeping(DirectoryNames names) {
        return (names.size() >= SMALL || !names.isWhole()) && names.weight() <= maxWeight;
    }

    private void keep(Path directory, Kept read, Reading reading) {
        lock.lock();
        try {
            if (reading.changed) {
                return;
            }
            forget(directory);
            kept.put(directory, read);
            weight += read.names().weight();
            Iterator<Kept> eldest = kept.values().iterator();
            while (weight > maxWeight) {
                weight -= eldest.next().names().weight();
                eldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    private void forget(Path directory) {
        Kept forgotten = kept.remove(directory);
        if (forgotten != null) {
            weight -= forgotten.names().weight();
        }
    }

    /** A file has come or gone. */
    void filesChanged(Path directory) {
        changed(directory, false, false);
    }

    /** A file has come, perhaps in the place of another one. */
    void fileReplaced(Path directory) {
        changed(directory, true, false);
    }

    /** A directory has come or gone. */
    void directoriesChanged(Path directory) {
        changed(directory, false, true);
    }

    /** A directory is perhaps about to go. Who has seen it may still be reading when it has gone, and must know. */
    void directoriesChanging(Path directory) {
        for (Reading reading : readings) {
            if (reading.directory.equals(directory)) {
                reading.directoriesChanged = true;
            }
        }
    }

    private void changed(Path directory, boolean replaced, boolean directories) {
        lock.lock();
        try {
            forget(directory);
            for (Reading reading : readings) {
                if (reading.directory.equals(directory)) {
                    reading.changed = true;
                    if (replaced) {
                        reading.fileReplaced = true;
                    }
                    if (directories) {
                        reading.directoriesChanged = true;
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private record Kept(DirectoryNames names, DirectoryStamp stamp) {}

    /** A directory that is being read. */
    static final class Reading {
        private final Path directory;
        private volatile boolean changed;
        private volatile boolean fileReplaced;
        private volatile boolean directoriesChanged;

        private Reading(Path directory) {
            this.directory = directory;
        }

        boolean directoriesChanged() {
            return directoriesChanged;
        }
    }
}
