package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.fs.journal.DiskSync;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Counts what a store syncs, shows it to a test, and syncs nothing. */
final class WatchedSync implements DiskSync {

    /** What was synced. */
    enum Kind {
        FILE,
        DIRECTORY,
        JOURNAL,
        DISK
    }

    /** Looks at a sync that is about to be made, or in the case of the journal at one that was made. */
    interface Watcher {
        void on(Kind kind, Path path) throws IOException;
    }

    private final AtomicReference<Watcher> watcher = new AtomicReference<>((kind, path) -> {});
    private final AtomicInteger count = new AtomicInteger();

    /** Sets what is called for each sync. */
    void watch(Watcher next) {
        watcher.set(next);
    }

    /** The number of syncs until now. */
    int count() {
        return count.get();
    }

    private void on(Kind kind, Path path) throws IOException {
        count.incrementAndGet();
        watcher.get().on(kind, path);
    }

    @Override
    public void file(Path file) throws IOException {
        on(Kind.FILE, file);
    }

    @Override
    public void directory(Path directory) throws IOException {
        on(Kind.DIRECTORY, directory);
    }

    @Override
    public boolean disk(Path directory) throws IOException {
        on(Kind.DISK, directory);
        return true;
    }

    @Override
    public void written(Path file) throws IOException {
        on(Kind.JOURNAL, file);
    }
}
