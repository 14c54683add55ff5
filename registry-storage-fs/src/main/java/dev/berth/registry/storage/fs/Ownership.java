package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.StorageFullException;
import dev.berth.registry.storage.fs.journal.DiskSync;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of a store to change its directory: the lock, and the files of its own that it needs. A disk that takes no
 * files any more, since it is full or was mounted read-only, may have room for none of them. What is on it is served
 * all the same, and the right is acquired by the first change that finds room.
 */
final class Ownership {
    private static final Logger LOG = LoggerFactory.getLogger(FileObjectStore.class);

    private final Path root;
    private final Path directory;
    private final Path temp;
    private final Reserve reserve;
    private final JournalFiles journal;
    private final UploadsOfBoot uploads;
    private final DiskSync sync;
    private final FileModes modes;
    private final ReentrantLock acquiring = new ReentrantLock();
    private volatile @Nullable StoreLock lock;

    /**
     * Acquires nothing yet.
     *
     * @param root the directory as the user has named it
     * @param directory its real path
     * @param temp the directory of the temporary files
     */
    Ownership(
            Path root,
            Path directory,
            Path temp,
            Reserve reserve,
            JournalFiles journal,
            UploadsOfBoot uploads,
            DiskSync sync,
            FileModes modes) {
        this.root = root;
        this.directory = directory;
        this.temp = temp;
        this.reserve = reserve;
        this.journal = journal;
        this.uploads = uploads;
        this.sync = sync;
        this.modes = modes;
    }

    /**
     * Acquires the directory, unless the disk takes no files, and returns what the disk supports.
     *
     * @throws IOException with a sentence for the user
     */
    DiskTraits begin() throws IOException {
        try {
            reserve.find();
            try {
                acquire();
            } catch (IOException e) {
                if (!DiskFull.forbidsWriting(e)) {
                    throw e;
                }
                if (journal.needsRecovery()) {
                    throw new IOException(
                            reason(e)
                                    + ", but what it has was not complete when the system went down, and the journal in it"
                                    + " must be applied first",
                            e);
                }
                LOG.warn(
                        "The disk of the directory '{}' takes no files ({}): what is there is served, and changes fail"
                                + " until it does",
                        root,
                        reason(e));
            }
            DiskTraits traits = probe();
            if (lock != null) {
                reserve.fill();
            }
            return traits;
        } catch (StoreLock.InUseException e) {
            throw inUse(e);
        } catch (DiskTraits.CaseInsensitiveException e) {
            throw new IOException(
                    "The disk of the directory '" + root
                            + "' does not distinguish upper and lower case: choose a directory on one that does",
                    e);
        } catch (IOException e) {
            throw new IOException("The directory '" + root + "' cannot be written: " + reason(e), e);
        }
    }

    private DiskTraits probe() throws IOException {
        try {
            return lock == null ? StoreLock.traits(directory) : DiskTraits.probe(temp, modes);
        } catch (FileSystemException e) {
            if (!DiskFull.forbidsWriting(e)) {
                throw e;
            }
            return StoreLock.traits(directory);
        }
    }

    private void acquire() throws IOException {
        StoreLock acquired = StoreLock.acquire(directory, reserve, modes);
        boolean complete = false;
        try {
            TempFiles.prepare(temp, sync, modes);
            journal.recover();
            TempFiles.empty(temp);
            reserve.clean();
            uploads.dropThoseOfEarlierBoots();
            journal.reserve();
            complete = true;
        } finally {
            if (complete) {
                lock = acquired;
            } else {
                acquired.close();
            }
        }
    }

    /** Returns if the store may change the directory. */
    void require() throws IOException {
        if (lock != null) {
            return;
        }
        acquiring.lock();
        try {
            if (lock == null) {
                acquire();
                reserve.fill();
                LOG.info("The disk of the directory '{}' takes files again", root);
            }
        } catch (StoreLock.InUseException e) {
            throw inUse(e);
        } catch (IOException e) {
            if (DiskFull.saysFull(e)) {
                throw new StorageFullException("There is no room left on the disk of '" + root + "'", e);
            }
            throw new IOException("The directory '" + root + "' cannot be written: " + reason(e), e);
        } finally {
            acquiring.unlock();
        }
    }

    /** Checks that the directory is still the one that was acquired, and that nobody else has. */
    void check() throws IOException {
        StoreLock held = lock;
        if (held != null) {
            held.check();
        }
    }

    void release() throws IOException {
        StoreLock held = lock;
        if (held != null) {
            held.close();
        }
    }

    private IOException inUse(StoreLock.InUseException e) {
        return new IOException(
                "The directory '" + root + "' is in use by " + e.getMessage()
                        + ": stop that one or choose another directory",
                e);
    }

    /** Returns why the system refuses something, for a sentence. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileSystemException failure) {
            return Objects.requireNonNullElse(failure.getReason(), "the system refuses to make files there");
        }
        return e instanceof ClosedByInterruptException ? "the thread was interrupted" : String.valueOf(e.getMessage());
    }
}
