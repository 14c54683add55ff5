package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import java.io.IOException;
import java.io.InputStream;

/**
 * An upload by its name. Its data is on the disk and in {@link FileUploads}, so that several of these objects are one
 * upload.
 */
final class FileUpload implements ObjectUpload {
    private final FileUploads uploads;
    private final ObjectKey staging;

    FileUpload(FileUploads uploads, ObjectKey staging) {
        this.uploads = uploads;
        this.staging = staging;
    }

    boolean isOf(FileUploads store) {
        return uploads == store;
    }

    ObjectKey staging() {
        return staging;
    }

    @Override
    public long size() throws IOException {
        return uploads.size(staging);
    }

    @Override
    public long append(long offset, InputStream content) throws IOException {
        return uploads.append(staging, offset, content);
    }

    @Override
    public InputStream open() throws IOException {
        return uploads.open(staging);
    }

    @Override
    public void commit(ObjectKey key, long expectedSize) throws IOException {
        uploads.commit(staging, key, expectedSize);
    }

    @Override
    public void abort() throws IOException {
        uploads.abort(staging);
    }

    @Override
    public void close() {
        // Files are open only during calls.
    }
}
