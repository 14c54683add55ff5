package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.fs.journal.Checkpoint;
import dev.berth.registry.storage.fs.journal.DiskSync;
import dev.berth.registry.storage.fs.journal.Journal;
import dev.berth.registry.storage.fs.journal.JournalRecovery;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The journal of a store, which is opened when there is room for it: there may be none when the store is opened. */
final class JournalFiles {
    private static final long SEGMENT_BYTES = 32 * 1024 * 1024;

    private final Path root;
    private final Path directory;
    private final Path temp;
    private final DiskSync sync;
    private final FileModes modes;
    private final Checkpoint checkpoint;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable Journal journal;

    /**
     * @param root the directory of the store
     * @param directory the directory of the journal
     * @param temp a name for a temporary file
     */
    JournalFiles(Path root, Path directory, Path temp, DiskSync sync, FileModes modes) {
        this.root = root;
        this.directory = directory;
        this.temp = temp;
        this.sync = sync;
        this.modes = modes;
        this.checkpoint = new Checkpoint(root, sync);
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Returns whether objects may lack what was told to be durable. */
    boolean needsRecovery() throws IOException {
        return JournalRecovery.isNeeded(directory);
    }

    /** Makes what a crash has left undone. Called by the owner of the directory before it changes anything. */
    void recover() throws IOException {
        JournalRecovery.recover(directory, new JournalReplay(root, modes, temp), checkpoint, sync);
    }

    /** Opens the journal if there is room for it. */
    void reserve() throws IOException {
        try {
            get().reserve();
        } catch (IOException e) {
            if (!DiskFull.saysFull(e)) {
                throw e;
            }
        }
    }

    /** @throws IOException if it cannot be opened, since there is no room for it or for another reason */
    Journal get() throws IOException {
        Journal open = journal;
        if (open != null) {
            return open;
        }
        opening.lock();
        try {
            Journal opened = journal;
            if (opened == null) {
                makeDirectory();
                opened = new Journal(directory, modes::createFile, sync, checkpoint, DiskFull::saysFull, SEGMENT_BYTES);
                journal = opened;
            }
            return opened;
        } finally {
            opening.unlock();
        }
    }

    private void makeDirectory() throws IOException {
        try {
            modes.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            // An earlier attempt has made it.
        }
        sync.directory(root);
    }

    /** Records that something is not durable which should be: nothing that comes later can be told to be. */
    void failed(IOException e) throws IOException {
        get().failed(e);
    }

    /** Checks that changes can be made durable. */
    void check() throws IOException {
        Journal open = journal;
        if (open != null) {
            open.check();
        }
    }

    /** Leaves nothing of the journal behind, or fails. */
    void close() throws IOException {
        Journal open = journal;
        if (open != null) {
            open.close();
        }
    }
}
