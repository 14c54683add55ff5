package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Makes the changes of a call durable before the call returns: directories are synced, each once for all changes of the
 * call.
 *
 * <p>A change is visible before it is durable. A second caller may find the entry (or its absence) as required and
 * change nothing itself; it must not return before the first change is durable. So entries that are being changed are
 * tracked here, and a caller that relies on one syncs its directory as well. The same applies to the directories above
 * an entry, which another caller may just have created.
 */
final class Durability {
    private static final int LARGE = 1000;

    private final Path root;
    private final DirectorySync sync;

    /**
     * Entries that are being changed, with the number of callers that change them. An entry remains if syncing fails.
     */
    private final ConcurrentMap<Path, Integer> unsynced = new ConcurrentHashMap<>();

    Durability(Path root, DirectorySync sync) {
        this.root = root;
        this.sync = sync;
    }

    /** Begins the changes of a call. */
    Batch begin() {
        return new Batch();
    }

    private void done(Path entry) {
        unsynced.computeIfPresent(entry, (path, callers) -> callers == 1 ? null : callers - 1);
    }

    /** The changes of one call, durable when it is closed. For one thread. */
    final class Batch implements AutoCloseable {
        private final Set<Path> directories = new LinkedHashSet<>();
        private final List<Path> entries = new ArrayList<>();

        private Batch() {}

        /** Runs what creates, replaces or removes an entry of a directory, and returns whether it did. */
        boolean change(Path entry, FileChange change) throws IOException {
            unsynced.merge(entry, 1, Integer::sum);
            boolean changed = false;
            try {
                changed = change.run();
            } finally {
                if (changed) {
                    entries.add(entry);
                    directories.add(Directories.of(entry));
                } else {
                    done(entry);
                }
            }
            relyOn(changed ? Directories.of(entry) : entry);
            return changed;
        }

        /** Includes the changes of other callers on the path from the root to this entry. */
        void relyOn(Path entry) {
            if (unsynced.isEmpty()) {
                return;
            }
            for (Path path = entry; !path.equals(root); path = Directories.of(path)) {
                if (unsynced.containsKey(path)) {
                    directories.add(Directories.of(path));
                }
            }
        }

        /** Includes what others are changing below a directory. */
        void relyOnTree(Path directory) {
            for (Path path : unsynced.keySet()) {
                if (path.startsWith(directory)) {
                    directories.add(Directories.of(path));
                }
            }
        }

        /** Includes a directory of which an entry has been removed. */
        void include(Path directory) {
            directories.add(directory);
        }

        /** Syncs the collected entries if there are many. */
        void syncIfLarge() throws IOException {
            if (entries.size() >= LARGE) {
                close();
            }
        }

        @Override
        public void close() throws IOException {
            Set<Path> synced = new HashSet<>();
            for (Path directory : directories) {
                sync(directory, synced);
            }
            directories.clear();
            entries.forEach(Durability.this::done);
            entries.clear();
        }

        /** The entries of a removed directory are removed durably once its own removal is durable. */
        private void sync(Path directory, Set<Path> synced) throws IOException {
            Path path = directory;
            while (synced.add(path)) {
                try {
                    sync.sync(path);
                    return;
                } catch (NoSuchFileException e) {
                    if (path.equals(root)) {
                        throw e;
                    }
                    path = Directories.of(path);
                }
            }
        }
    }
}
