package dev.berth.registry.simulation;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** An upload whose bytes are an object on the disk. */
final class DiskUpload implements ObjectUpload {
    private final DiskStore store;
    private final ObjectKey staged;

    DiskUpload(DiskStore store, ObjectKey staged) {
        this.store = store;
        this.staged = staged;
    }

    private byte[] bytes() throws UploadGoneException {
        byte[] bytes = store.bytes(staged);
        if (bytes == null) {
            throw new UploadGoneException("The upload " + staged + " has ended");
        }
        return bytes;
    }

    @Override
    public long size() throws IOException {
        return bytes().length;
    }

    @Override
    public long append(long offset, InputStream content) throws IOException {
        byte[] added = content.readAllBytes();
        byte[] before = bytes();
        require(offset, before.length);
        byte[] after = Arrays.copyOf(before, before.length + added.length);
        System.arraycopy(added, 0, after, before.length, added.length);
        store.stage(staged, after);
        return after.length;
    }

    private void require(long expected, long actual) throws UploadConflictException {
        if (expected != actual) {
            throw new UploadConflictException("The upload " + staged + " has " + actual + " bytes", actual);
        }
    }

    @Override
    public InputStream open() throws IOException {
        return new ByteArrayInputStream(bytes());
    }

    @Override
    public void commit(ObjectKey key, long expectedSize) throws IOException {
        byte[] bytes = bytes();
        require(expectedSize, bytes.length);
        store.put(key, bytes, PutCondition.always());
        store.delete(staged);
    }

    @Override
    public void abort() {
        store.delete(staged);
    }

    @Override
    public void close() {}
}
