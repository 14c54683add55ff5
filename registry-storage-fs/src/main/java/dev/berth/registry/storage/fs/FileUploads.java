package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The uploads of a store. The bytes of an upload are the file {@code content} below its staging key, and a commit
 * renames that file. All bytes of appends that have returned are synced. Bytes of an append that was killed are in
 * the file too, and are synced by the next append or the commit.
 */
final class FileUploads {
    private static final String CONTENT = "content";

    private final KeyPaths paths;
    private final ObjectWriter writer;
    private final ObjectRemover remover;
    private final KeyLocks locks;
    private final Directories directories;
    private final NameCache names;
    private final VersionClock versions;
    private final LifecycleLock lifecycle;
    private final DiskFull disk;

    /** The appends and commits in progress, by staging key. */
    private final ConcurrentMap<ObjectKey, UploadLock> inProgress = new ConcurrentHashMap<>();

    private final SyncedSizes synced = new SyncedSizes();

    FileUploads(
            KeyPaths paths,
            ObjectWriter writer,
            ObjectRemover remover,
            KeyLocks locks,
            Directories directories,
            NameCache names,
            VersionClock versions,
            LifecycleLock lifecycle,
            DiskFull disk) {
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
            if (!writer.createEmpty(content(staging))) {
                throw new UploadConflictException("There is an upload '" + staging + "' already", 0);
            }
            synced.put(staging, 0);
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
            return new FileUploadAppend(content(staging), staging, lock, synced, locks, lifecycle, disk)
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
            if (!synced.covers(staging, expectedSize)) {
                DirectorySync.force(content, StandardOpenOption.WRITE);
            }
            versions.stamp(content);
            writer.moveIn(content, paths.of(key));
        } catch (IOException e) {
            throw exists(staging) ? e : (IOException) gone(staging).initCause(e);
        }
        synced.remove(staging);
        // Not synced: the file was renamed, and a crash can only bring back an empty directory.
        names.filesChanged(Directories.of(content));
        directories.prune(Directories.of(content));
    }

    void abort(ObjectKey staging) throws IOException {
        long stamp = lifecycle.enter();
        try {
            UploadLock lock = inProgress.get(staging);
            if (lock != null) {
                lock.abort();
            }
            remover.remove(content(staging), null);
            synced.remove(staging);
        } finally {
            lifecycle.leave(stamp);
        }
    }

    private void begin(ObjectKey staging, UploadLock lock) throws IOException {
        lifecycle.check();
        if (inProgress.putIfAbsent(staging, lock) != null) {
            throw new UploadConflictException(
                    "Another append or commit of the upload '" + staging + "' is under way", size(staging));
        }
    }

    private Path content(ObjectKey staging) throws IOException {
        return paths.of(staging).resolve(CONTENT);
    }

    private static UploadGoneException gone(ObjectKey staging) {
        return new UploadGoneException("The upload '" + staging + "' has been committed or aborted");
    }
}
