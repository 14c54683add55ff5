package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The uploads of a store. The bytes of an upload are the file {@code content} below its staging key, and a commit
 * renames that file. Nothing of it is synced before the commit: a crash of the system loses it, and the next opening of the
 * store ends all uploads of the time before. Bytes of an append that was killed are in the file too.
 */
final class FileUploads {
    private static final String CONTENT = "content";

    /** Content up to this size is written into the journal: that is less than to sync its file and where that is. */
    private static final int SMALL_BYTES = 64 * 1024;

    private final KeyPaths staged;
    private final KeyPaths paths;
    private final ObjectWriter writer;
    private final ObjectRemover remover;
    private final KeyLocks locks;
    private final Directories directories;
    private final NameCache names;
    private final VersionClock versions;
    private final LifecycleLock lifecycle;
    private final DiskFull disk;
    private final DirectorySync directorySync;

    /** The appends and commits in progress, by staging key. */
    private final ConcurrentMap<ObjectKey, UploadLock> inProgress = new ConcurrentHashMap<>();

    FileUploads(
            KeyPaths staged,
            KeyPaths paths,
            ObjectWriter writer,
            ObjectRemover remover,
            KeyLocks locks,
            Directories directories,
            NameCache names,
            VersionClock versions,
            LifecycleLock lifecycle,
            DiskFull disk,
            DirectorySync directorySync) {
        this.directorySync = directorySync;
        this.staged = staged;
        this.paths = paths;
        this.writer = writer;
        this.remover = remover;
        this.locks = locks;
        this.directories = directories;
        this.names = names;
        this.versions = versions;
        this.lifecycle = lifecycle;
        this.disk = disk;
    }

    FileUpload start(ObjectKey staging) throws IOException {
        long stamp = lifecycle.enter();
        try {
            if (!writer.createTransient(content(staging))) {
                throw new IOException("There is an upload '" + staging + "' already");
            }
            return new FileUpload(this, staging);
        } catch (IOException e) {
            throw disk.explain(e, staging, 0);
        } finally {
            lifecycle.leave(stamp);
        }
    }

    boolean exists(ObjectKey staging) throws IOException {
        return ObjectStats.find(content(staging)) != null;
    }

    long size(ObjectKey staging) throws IOException {
        lifecycle.check();
        BasicFileAttributes present = ObjectStats.find(content(staging));
        if (present == null) {
            throw gone(staging);
        }
        return present.size();
    }

    InputStream open(ObjectKey staging) throws IOException {
        lifecycle.check();
        Path content = content(staging);
        return FileContent.openGrowing(content).orElseThrow(() -> gone(staging));
    }

    long append(ObjectKey staging, long offset, InputStream stream) throws IOException {
        UploadLock lock = new UploadLock();
        begin(staging, lock);
        try {
            return new FileUploadAppend(content(staging), staging, lock, locks, lifecycle, disk)
                    .run(offset, stream);
        } finally {
            inProgress.remove(staging, lock);
        }
    }

    void commit(ObjectKey staging, ObjectKey key, long expectedSize) throws IOException {
        UploadLock lock = new UploadLock();
        long stamp = lifecycle.enter();
        lock.lock();
        try {
            begin(staging, lock);
            try {
                commit(content(staging), staging, key, expectedSize);
            } finally {
                inProgress.remove(staging, lock);
            }
        } catch (IOException e) {
            throw disk.explain(e, key, 0);
        } finally {
            lock.unlock();
            lifecycle.leave(stamp);
        }
    }

    private void commit(Path content, ObjectKey staging, ObjectKey key, long expectedSize) throws IOException {
        BasicFileAttributes present = ObjectStats.find(content);
        if (present == null) {
            throw gone(staging);
        }
        if (present.size() != expectedSize) {
            throw new UploadConflictException(
                    "The upload '" + staging + "' has " + present.size() + " bytes and not " + expectedSize,
                    present.size());
        }
        try {
            FileTime modified = versions.stamp(content);
            Optional<byte[]> small = Optional.empty();
            if (expectedSize <= SMALL_BYTES) {
                small = Optional.of(Files.readAllBytes(content));
            } else {
                sync(content);
            }
            writer.moveIn(content, modified, small, paths.of(key));
        } catch (IOException e) {
            throw exists(staging) ? e : (IOException) gone(staging).initCause(e);
        }
        // Not recorded: the file was renamed, and a crash can only bring back an empty directory.
        names.filesChanged(Directories.of(content));
        directories.prune(Directories.of(content));
    }

    /** Syncs the content, and that it is where it is. */
    private void sync(Path content) throws IOException {
        DirectorySync.force(content, StandardOpenOption.WRITE);
        for (Path path = content; !path.equals(paths.root()); path = Directories.of(path)) {
            directorySync.sync(Directories.of(path));
        }
    }

    void abort(ObjectKey staging) throws IOException {
        long stamp = lifecycle.enter();
        try {
            UploadLock lock = inProgress.get(staging);
            if (lock != null) {
                lock.abort();
            }
            remover.removeTransient(content(staging));
        } finally {
            lifecycle.leave(stamp);
        }
    }

    /** Ends the uploads below a prefix. */
    void removeTree(KeyPrefix prefix) throws IOException {
        remover.removeTree(staged.of(prefix));
    }

    private void begin(ObjectKey staging, UploadLock lock) throws IOException {
        lifecycle.check();
        if (inProgress.putIfAbsent(staging, lock) != null) {
            throw new UploadConflictException(
                    "Another append or commit of the upload '" + staging + "' is under way", size(staging));
        }
    }

    private Path content(ObjectKey staging) throws IOException {
        return staged.of(staging).resolve(CONTENT);
    }

    private static UploadGoneException gone(ObjectKey staging) {
        return new UploadGoneException("The upload '" + staging + "' has been committed or aborted");
    }
}
