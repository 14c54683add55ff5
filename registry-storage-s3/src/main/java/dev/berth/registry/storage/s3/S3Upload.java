package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import java.io.IOException;
import java.io.InputStream;

/** An upload, whose whole state is in the bucket. Holds nothing. */
final class S3Upload implements ObjectUpload {
    private final S3ObjectStore store;
    private final S3Uploads uploads;
    private final String staging;

    S3Upload(S3ObjectStore store, S3Uploads uploads, String staging) {
        this.store = store;
        this.uploads = uploads;
        this.staging = staging;
    }

    @Override
    public long size() throws IOException {
        store.checkOpen();
        return uploads.states.read(staging).state().size();
    }

    @Override
    public long append(long offset, InputStream content) throws IOException {
        store.checkOpen();
        return new S3UploadAppend(uploads, staging).append(offset, content);
    }

    @Override
    public InputStream open() throws IOException {
        store.checkOpen();
        Pieces pieces = uploads.pieces(staging);
        return pieces.open(pieces.all(uploads.states.read(staging).state()));
    }

    @Override
    public void commit(ObjectKey key, long expectedSize) throws IOException {
        store.checkOpen();
        new UploadCommit(uploads, staging).commit(key, expectedSize);
    }

    /**
     * Deletes the state first: from then on no concurrent append can add to the upload, and each deletes what it has
     * written.
     */
    @Override
    public void abort() throws IOException {
        store.checkOpen();
        uploads.cache.forget(staging);
        uploads.bucket.delete(UploadStates.name(staging));
        Multipart.abortAll(uploads.bucket, staging + "/", (upload, now) -> true);
        new TreeDeletion(uploads.bucket, uploads.lister).delete(KeyPrefix.of(staging + "/"));
    }

    @Override
    public void close() {
        // There is nothing to release.
    }
}
