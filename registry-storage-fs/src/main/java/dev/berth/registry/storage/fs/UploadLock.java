package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Exclusive use of an upload by one append or commit. Aborting the upload ends an append in progress at its next step,
 * and waits for a commit.
 */
final class UploadLock {
    /** Held for each step that an abort must not interrupt: opening, writing a buffer, a whole commit. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable RandomAccessFile file;
    private boolean aborted;

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** Whether the upload has been aborted. Asked under the lock. */
    boolean isAborted() {
        return aborted;
    }

    /** Opens the file that an append writes to. Called under the lock. */
    boolean openFile(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
        return true;
    }

    RandomAccessFile file() {
        return Objects.requireNonNull(file, "file");
    }

    /** Called under the lock. */
    void closeFile() throws IOException {
        RandomAccessFile open = file();
        file = null;
        open.close();
    }

    /** Ends an append and frees its space at once; its source may block for long. */
    void abort() throws IOException {
        lock.lock();
        try {
            aborted = true;
            if (file != null) {
                file.setLength(0);
            }
        } finally {
            lock.unlock();
        }
    }
}
