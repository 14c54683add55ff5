package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import dev.berth.registry.storage.fs.journal.JournalEntry;
import dev.berth.registry.storage.fs.read.FileContent;
import dev.berth.registry.storage.fs.read.ObjectStats;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The uploads of a store. The bytes of an upload are a file named after its staging key, in a directory of their own, and a
 * commit renames that file. Nothing of it is synced before the commit: a crash of the system loses it, and the next opening
 * of the store ends all uploads of the time before. Bytes of an append that was killed are in the file too.
 */
final class FileUploads {
    private final Path root;
    private final KeyPaths paths;
    private final StagedFiles staged;
    private final ObjectWriter writer;
    private final Directories directories;
    private final Durability durability;
    private final KeyLocks locks;
    private final VersionClock versions;
    private final LifecycleLock lifecycle;
    private final DiskFull disk;
    private final EarlySync early;

    /** The appends and commits in progress, by staging key. */
    private final ConcurrentMap<ObjectKey, UploadLock> inProgress = new ConcurrentHashMap<>();

    FileUploads(
            KeyPaths paths,
            StagedFiles staged,
            ObjectWriter writer,
            Directories directories,
            Durability durability,
            KeyLocks locks,
            VersionClock versions,
            LifecycleLock lifecycle,
            DiskFull disk,
            EarlySync early) {
        this.root = paths.root();
        this.paths = paths;
        this.staged = staged;
        this.writer = writer;
        this.directories = directories;
        this.durability = durability;
        this.locks = locks;
        this.versions = versions;
        this.lifecycle = lifecycle;
        this.disk = disk;
        this.early = early;
    }

    FileUpload start(ObjectKey staging) throws IOException {
        long stamp = lifecycle.enter();
        try {
            if (!staged.create(staging)) {
                throw new UploadConflictException("There is an upload '" + staging + "' already", 0);
            }
            return new FileUpload(this, staging);
        } catch (IOException e) {
            throw disk.explain(e, staging, 0);
        } finally {
            lifecycle.leave(stamp);
        }
    }

    boolean exists(ObjectKey staging) throws IOException {
        return ObjectStats.find(staged.of(staging)) != null;
    }

    long size(ObjectKey staging) throws IOException {
        lifecycle.check();
        BasicFileAttributes present = ObjectStats.find(staged.of(staging));
        if (present == null) {
            throw gone(staging);
        }
        return present.size();
    }

    InputStream open(ObjectKey staging) throws IOException {
        lifecycle.check();
        return FileContent.openGrowing(staged.of(staging)).orElseThrow(() -> gone(staging));
    }

    long append(ObjectKey staging, long offset, InputStream stream) throws IOException {
        UploadLock lock = new UploadLock();
        begin(staging, lock);
        try {
            return new FileUploadAppend(
                            staged.of(staging), staging, lock, locks, lifecycle, disk, staged::syncIfKept, early)
                    .run(offset, stream);
        } finally {
            inProgress.remove(staging, lock);
        }
    }

    void commit(ObjectKey staging, ObjectKey key, long expectedSize) throws IOException {
        long stamp = lifecycle.enter();
        try (Commit commit = prepare(staging, key, expectedSize)) {
            durability.make(List.of(commit));
        } catch (IOException e) {
            throw disk.explain(e, key, 0);
        } finally {
            lifecycle.leave(stamp);
        }
    }

    /** Prepares a commit, which locks the upload until it is closed. */
    Commit prepare(ObjectKey staging, ObjectKey key, long expectedSize) throws IOException {
        UploadLock lock = new UploadLock();
        lock.lock();
        boolean complete = false;
        try {
            begin(staging, lock);
            Commit commit = new Commit(staging, lock, paths.of(key), expectedSize);
            complete = true;
            return commit;
        } finally {
            if (!complete) {
                inProgress.remove(staging, lock);
                lock.unlock();
            }
        }
    }

    void abort(ObjectKey staging) throws IOException {
        long stamp = lifecycle.enter();
        try {
            UploadLock lock = inProgress.get(staging);
            if (lock != null) {
                lock.abort();
            }
            Path content = staged.of(staging);
            locks.locked(content, () -> Files.deleteIfExists(content));
        } finally {
            lifecycle.leave(stamp);
        }
    }

    /** Ends the uploads below a prefix. */
    void removeTree(KeyPrefix prefix) throws IOException {
        staged.removeTree(prefix, locks);
    }

    private void begin(ObjectKey staging, UploadLock lock) throws IOException {
        lifecycle.check();
        if (inProgress.putIfAbsent(staging, lock) != null) {
            throw new UploadConflictException(
                    "Another append or commit of the upload '" + staging + "' is under way", size(staging));
        }
    }

    private static UploadGoneException gone(ObjectKey staging) {
        return new UploadGoneException("The upload '" + staging + "' has been committed or aborted");
    }

    /** Makes the file of an upload an object. */
    final class Commit implements Change {
        private final ObjectKey staging;
        private final UploadLock lock;
        private final Path content;
        private final Path object;
        private final long size;
        private final FileTime modified;

        /** The content if it is small; otherwise it has been synced, and its name. */
        private final byte @Nullable [] small;

        private Commit(ObjectKey staging, UploadLock lock, Path object, long expectedSize) throws IOException {
            this.staging = staging;
            this.lock = lock;
            this.content = staged.of(staging);
            this.object = object;
            this.size = size(staging);
            if (size != expectedSize) {
                throw new UploadConflictException(
                        "The upload '" + staging + "' has " + size + " bytes and not " + expectedSize, size);
            }
            try {
                modified = versions.stamp(content);
                small = size <= ObjectWriter.SMALL_BYTES ? Files.readAllBytes(content) : null;
            } catch (IOException e) {
                throw explain(e);
            }
            if (small == null) {
                sync();
            }
        }

        /** Ends the upload if the disk has not taken its bytes: the system says so once, and another sync would succeed. */
        private void sync() throws IOException {
            try {
                staged.sync(content);
            } catch (NoSuchFileException e) {
                throw explain(e);
            } catch (IOException e) {
                Files.deleteIfExists(content);
                throw e;
            }
        }

        private IOException explain(IOException e) throws IOException {
            return exists(staging) ? e : (IOException) gone(staging).initCause(e);
        }

        @Override
        public Path file() {
            return object;
        }

        @Override
        public JournalEntry entry() throws IOException {
            if (ObjectStats.find(content) == null) {
                throw gone(staging);
            }
            String name = Durability.name(root, object);
            long micros = ObjectWriter.micros(modified);
            long time = Math.max(micros, ObjectWriter.micros(ObjectStats.find(object)));
            return small != null
                    ? new JournalEntry.Put(name, time, micros, small)
                    : new JournalEntry.Move(Durability.name(root, content), size, micros, name, time);
        }

        @Override
        public void syncContent() throws IOException {
            if (small != null) {
                sync();
            }
        }

        @Override
        public void make() throws IOException {
            FileChange move = () -> {
                if (!Files.exists(content)) {
                    throw new FileNotFoundException(content.toString());
                }
                Files.move(content, object, StandardCopyOption.ATOMIC_MOVE);
                return true;
            };
            try {
                directories.place(object, () -> writer.replace(object, move));
            } catch (IOException e) {
                throw explain(e);
            }
        }

        @Override
        public void close() {
            inProgress.remove(staging, lock);
            lock.unlock();
        }
    }
}
