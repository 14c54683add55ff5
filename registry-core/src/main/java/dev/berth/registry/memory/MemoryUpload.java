package dev.berth.registry.memory;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An upload, and at the same time every object for it: it holds nothing that would have to be released. Thread-safe.
 *
 * <p>The lock is never held while a stream is read: {@code busy} excludes others from the bytes that an append writes.
 */
final class MemoryUpload implements ObjectUpload {
    private final MemoryObjectStore store;
    private final ObjectKey staging;
    private final MemoryQuota quota;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<byte[]> blocks = new ArrayList<>();
    private long size;
    private boolean busy;
    private volatile boolean ended;

    MemoryUpload(MemoryObjectStore store, ObjectKey staging, MemoryQuota quota) {
        this.store = store;
        this.staging = staging;
        this.quota = quota;
    }

    @Override
    public long size() throws IOException {
        lock.lock();
        try {
            checkNotEnded();
            return size;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long append(long offset, InputStream content) throws IOException {
        AppendBuffer buffer = beginAppend(offset);
        boolean kept = false;
        try {
            while (buffer.readFrom(content)) {
                checkNotEnded();
            }
        } finally {
            kept = endAppend(buffer);
        }
        if (!kept) {
            throw gone();
        }
        return offset + buffer.size();
    }

    private AppendBuffer beginAppend(long offset) throws IOException {
        lock.lock();
        try {
            checkIdle();
            if (offset != size) {
                throw new UploadConflictException(
                        "The upload " + staging + " has " + size + " bytes; nothing can be appended at " + offset,
                        size);
            }
            busy = true;
            int used = (int) (size % Blocks.BLOCK);
            return new AppendBuffer(quota, used == 0 ? null : blocks.get(blocks.size() - 1), used);
        } finally {
            lock.unlock();
        }
    }

    /** Adds the appended bytes, unless the upload has been aborted. */
    private boolean endAppend(AppendBuffer buffer) {
        lock.lock();
        try {
            busy = false;
            if (ended) {
                buffer.discard();
                return false;
            }
            blocks.addAll(buffer.blocks());
            size += buffer.size();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public InputStream open() throws IOException {
        return new BlocksStream(snapshot(), 0, Long.MAX_VALUE);
    }

    private Blocks snapshot() throws IOException {
        lock.lock();
        try {
            checkNotEnded();
            return new Blocks(List.copyOf(blocks), size);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void commit(ObjectKey key, long expectedSize) throws IOException {
        lock.lock();
        try {
            checkIdle();
            if (expectedSize != size) {
                throw new UploadConflictException(
                        "The upload " + staging + " has " + size + " bytes, not " + expectedSize, size);
            }
            trimLastBlock();
            store.commit(key, new Blocks(List.copyOf(blocks), size));
            end();
        } finally {
            lock.unlock();
        }
    }

    /** Does not leave room in an object that never grows. */
    private void trimLastBlock() {
        int used = (int) (size % Blocks.BLOCK);
        if (used != 0) {
            byte[] trimmed = new byte[used];
            System.arraycopy(blocks.get(blocks.size() - 1), 0, trimmed, 0, used);
            blocks.set(blocks.size() - 1, trimmed);
        }
    }

    @Override
    public void abort() {
        lock.lock();
        try {
            if (!ended) {
                quota.release(size);
                end();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {}

    private void end() {
        ended = true;
        blocks.clear();
        store.ended(staging);
    }

    private void checkIdle() throws IOException {
        store.checkOpen();
        checkNotEnded();
        if (busy) {
            throw new UploadConflictException("Another request is appending to the upload " + staging, size);
        }
    }

    private void checkNotEnded() throws UploadGoneException {
        if (ended) {
            throw gone();
        }
    }

    private UploadGoneException gone() {
        return new UploadGoneException("The upload " + staging + " was committed or aborted");
    }
}
