package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import dev.berth.registry.storage.fs.read.ObjectStats;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One append. Holds neither the lifecycle lock nor the lock of its upload while it waits for bytes.
 *
 * <p>The file is not opened as a channel: an interrupt would close it, and then the bytes written could neither be
 * synced nor be truncated. Interrupts are checked between the buffers instead.
 */
final class FileUploadAppend {
    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final ObjectKey upload;
    private final UploadLock lock;
    private final KeyLocks locks;
    private final LifecycleLock lifecycle;
    private final DiskFull disk;
    private final Sync sync;
    private final EarlySync.Appending early;

    /** Makes what was appended survive a crash of the system if that is necessary. */
    interface Sync {
        void sync(Path file) throws IOException;
    }

    FileUploadAppend(
            Path file,
            ObjectKey upload,
            UploadLock lock,
            KeyLocks locks,
            LifecycleLock lifecycle,
            DiskFull disk,
            Sync sync,
            EarlySync early) {
        this.file = file;
        this.upload = upload;
        this.lock = lock;
        this.locks = locks;
        this.lifecycle = lifecycle;
        this.disk = disk;
        this.sync = sync;
        this.early = early.begin(file);
    }

    /** Returns the new size. */
    long run(long offset, InputStream content) throws IOException {
        RandomAccessFile output = open();
        try {
            long start = output.length();
            if (offset != start) {
                throw new UploadConflictException(
                        "The upload '" + upload + "' has " + start + " bytes; nothing can be appended at " + offset,
                        start);
            }
            return append(start, content, output);
        } finally {
            lock.lock();
            try {
                lock.closeFile();
            } finally {
                lock.unlock();
                finishEarly();
            }
        }
    }

    /** Ends the upload if the disk has failed to take bytes of it: a later sync would not say so again. */
    private void finishEarly() throws IOException {
        try {
            early.finish();
        } catch (IOException e) {
            drop(e);
            throw e;
        }
    }

    private void drop(IOException reason) {
        try {
            long stamp = lifecycle.enter();
            try {
                locks.locked(file, () -> Files.deleteIfExists(file));
            } finally {
                lifecycle.leave(stamp);
            }
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private RandomAccessFile open() throws IOException {
        long stamp = lifecycle.enter();
        lock.lock();
        try {
            // Opening would create the file if it were missing. Nothing removes it while its key is locked.
            boolean open = !lock.isAborted()
                    && locks.locked(file, () -> ObjectStats.find(file) != null && lock.openFile(file));
            if (!open) {
                throw gone();
            }
            return lock.file();
        } finally {
            lock.unlock();
            lifecycle.leave(stamp);
        }
    }

    private long append(long start, InputStream content, RandomAccessFile output) throws IOException {
        Source source = new Source(content);
        long size = start;
        try {
            output.seek(start);
            while (source.fill()) {
                write(source, output);
                size += source.count;
                early.written(source.count);
            }
            requireOpen();
        } catch (UploadGoneException e) {
            throw withSource(e, source);
        } catch (IOException e) {
            IOException failure = disk.explain(e, upload, BUFFER);
            takeBack(start, output, failure);
            throw withSource(failure, source);
        }
        source.rethrow();
        return size;
    }

    private void write(Source source, RandomAccessFile output) throws IOException {
        long stamp = lifecycle.enter();
        lock.lock();
        try {
            if (lock.isAborted()) {
                throw gone();
            }
            write(source.buffer, source.count, output);
        } finally {
            lock.unlock();
            lifecycle.leave(stamp);
        }
    }

    private static void write(byte[] bytes, int count, RandomAccessFile output) throws IOException {
        long position = output.getFilePointer();
        try {
            output.write(bytes, 0, count);
        } catch (IOException e) {
            if (!DiskFull.saysFull(e)) {
                throw e;
            }
            // The room of files that were deleted is free once the file system has synced that.
            output.getFD().sync();
            output.seek(position);
            output.write(bytes, 0, count);
        }
    }

    /** It may have been aborted, or its objects deleted, at any time until now. */
    private void requireOpen() throws IOException {
        long stamp = lifecycle.enter();
        try {
            if (ObjectStats.find(file) == null) {
                throw gone();
            }
            sync.sync(file);
        } finally {
            lifecycle.leave(stamp);
        }
    }

    /** The state of the bytes of this append is unknown. */
    private void takeBack(long start, RandomAccessFile output, IOException failure) {
        try {
            long stamp = lifecycle.enter();
            lock.lock();
            try {
                if (!lock.isAborted()) {
                    output.setLength(start);
                }
            } finally {
                lock.unlock();
                lifecycle.leave(stamp);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private UploadGoneException gone() {
        return new UploadGoneException("The upload '" + upload + "' has been committed or aborted");
    }

    private static IOException withSource(IOException failure, Source source) {
        if (source.failure != null) {
            failure.addSuppressed(source.failure);
        }
        return failure;
    }

    /**
     * The stream, read into a buffer as full as possible. Its failure is kept until the bytes before it are durable.
     */
    private static final class Source {
        private final InputStream stream;
        private final byte[] buffer = new byte[BUFFER];
        private int count;
        private boolean ended;
        private @Nullable Throwable failure;

        Source(InputStream stream) {
            this.stream = stream;
        }

        /** Returns whether there is something in the buffer. */
        boolean fill() {
            count = 0;
            while (!ended && count < BUFFER) {
                try {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new InterruptedIOException("The thread was interrupted while it appended to an upload");
                    }
                    int read = stream.read(buffer, count, BUFFER - count);
                    ended = read < 0;
                    count += Math.max(0, read);
                } catch (IOException | RuntimeException | Error e) {
                    ended = true;
                    failure = e;
                }
            }
            return count > 0;
        }

        void rethrow() throws IOException {
            if (failure instanceof IOException e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        }
    }
}
