package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.fs.journal.Checkpoint;
import dev.berth.registry.storage.fs.journal.Journal;
import dev.berth.registry.storage.fs.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The journal of a store, which is opened when the first change needs it: a disk that is full has no room for one. */
final class JournalFiles {
    private static final long SEGMENT_BYTES = 32 * 1024 * 1024;

    private final Path directory;
    private final DirectorySync sync;
    private final Checkpoint checkpoint;
    private final JournalReader.Replay replay;
    private final FileModes modes;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable Journal journal;

    /**
     * @param root the directory of the store
     * @param directory the directory of the journal
     * @param temp a name for a temporary file
     */
    JournalFiles(Path root, Path directory, Path temp, DirectorySync sync, FileModes modes) {
        this.directory = directory;
        this.sync = sync;
        this.checkpoint = new FileSync(root, sync);
        this.replay = new JournalReplay(root, modes, temp);
        this.modes = modes;
    }

    /** Makes what a crash of the system has left undone. Called by the owner of the directory before it changes anything. */
    void replay() throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && JournalReader.isNeeded(directory)) {
            JournalReader.replay(directory, replay);
        }
    }

    Journal get() throws IOException {
        Journal open = journal;
        if (open != null) {
            return open;
        }
        opening.lock();
        try {
            if (journal == null) {
                if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                    modes.createDirectory(directory);
                    sync.sync(Directories.of(directory));
                }
                journal = Journal.open(directory, sync::sync, checkpoint, DiskFull::saysFull, SEGMENT_BYTES);
            }
            return journal;
        } finally {
            opening.unlock();
        }
    }

    void close() throws IOException {
        Journal open = journal;
        if (open != null) {
            open.close();
        }
    }
}
