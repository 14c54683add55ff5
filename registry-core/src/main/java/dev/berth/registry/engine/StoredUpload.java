package dev.berth.registry.engine;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * An upload into a {@link StorageRegistry}. Holds nothing: all state is in the store, so that any process can go on with
 * it; what this process remembers of the hash only saves reading bytes back.
 */
final class StoredUpload implements BlobUpload {
    private final Engine engine;
    private final RepositoryName repository;
    private final String id;

    StoredUpload(Engine engine, RepositoryName repository, String id) {
        this.engine = engine;
        this.repository = repository;
        this.id = id;
    }

    @Override
    public UploadId id() {
        return UploadId.of(id);
    }

    @Override
    public long offset() {
        return call("look at", upload -> upload.size());
    }

    @Override
    public long append(long offset, BlobSource content) {
        return call("append to", upload -> append(upload, offset, content));
    }

    private long append(ObjectUpload upload, long offset, BlobSource content) throws IOException {
        UploadRecords.Versioned record = record();
        if (offset != upload.size()) {
            throw new UploadConflictException("an append must begin at the current offset", upload.size());
        }
        RunningHash before = runningHash(upload, record.record(), offset);
        try (InputStream source = SourceFailedException.open(content)) {
            HashingSource hashing = new HashingSource(source, before.hash(), content.size());
            long size = -1;
            try {
                size = upload.append(offset, hashing);
            } catch (SourceFailedException | SourceSizeException e) {
                size = upload.size();
                throw e;
            } finally {
                // After a failure of the store the hash may be ahead of what was kept: then it is of no use.
                if (size == offset + hashing.count()) {
                    RunningHash after = before.at(size);
                    engine.uploadRecords.update(
                            id,
                            record.record()
                                    .appended(after, engine.options.clock().instant()),
                            record.version());
                    engine.runningHashes.keep(id, after);
                }
            }
            return size;
        }
    }

    /** Returns the hash of what is there: as remembered, or as read back once. */
    private RunningHash runningHash(ObjectUpload upload, UploadRecord record, long size) throws IOException {
        Optional<RunningHash> remembered = engine.runningHashes.take(id, record.algorithm(), size);
        return remembered.isPresent() ? remembered.get() : readBack(upload, record.algorithm(), size);
    }

    private static RunningHash readBack(ObjectUpload upload, DigestAlgorithm algorithm, long size) throws IOException {
        RunningHash fresh = RunningHash.start(algorithm);
        if (size == 0) {
            return fresh;
        }
        try (InputStream kept = upload.open()) {
            long read = Hashing.update(fresh.hash(), kept);
            if (read != size) {
                throw new UploadConflictException("the upload is being changed by another request", read);
            }
        }
        return fresh.at(size);
    }

    @Override
    public Descriptor commit(Digest expected) {
        return call("finish", upload -> commit(upload, expected));
    }

    private Descriptor commit(ObjectUpload upload, Digest expected) throws IOException {
        long size = upload.size();
        Digest actual = digest(upload, record().record(), expected.algorithm(), size);
        if (!actual.equals(expected)) {
            upload.abort();
            forget(engine, id);
            throw StoredBlobs.wrongDigest(repository, expected, actual);
        }
        engine.data.write(expected, upload, size);
        new StoredBlobs(engine, repository).link(expected, expected);
        forget(engine, id);
        return Descriptor.of(MediaTypes.OCTET_STREAM, expected, size);
    }

    private Digest digest(ObjectUpload upload, UploadRecord record, DigestAlgorithm algorithm, long size)
            throws IOException {
        if (record.algorithm() == algorithm && record.hashed() == size) {
            return record.soFar();
        }
        return readBack(upload, algorithm, size).soFar();
    }

    @Override
    public void cancel() {
        engine.call("cancel the upload " + id + " to " + repository, () -> {
            drop(engine, id);
            return true;
        });
    }

    /** Ends an upload, if it has not ended, and removes everything of it. */
    static void drop(Engine engine, String id) throws IOException {
        Optional<ObjectUpload> upload = engine.store.resumeUpload(Keys.uploadStaging(id));
        if (upload.isPresent()) {
            try (ObjectUpload open = upload.get()) {
                open.abort();
            }
        }
        forget(engine, id);
    }

    private static void forget(Engine engine, String id) throws IOException {
        engine.uploadRecords.remove(id);
        engine.runningHashes.forget(id);
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private UploadRecords.Versioned record() throws IOException {
        return engine.uploadRecords.read(id).orElseThrow(() -> new UploadGoneException("the upload has no record"));
    }

    /** Something that is done with the upload's bytes. */
    private interface Use<T> {
        T with(ObjectUpload upload) throws IOException;
    }

    private <T> T call(String what, Use<T> use) {
        return engine.call(what + " the upload " + id + " to " + repository, () -> {
            Optional<ObjectUpload> upload = engine.store.resumeUpload(Keys.uploadStaging(id));
            if (upload.isEmpty()) {
                throw unknown(repository, id);
            }
            try (ObjectUpload open = upload.get()) {
                return use.with(open);
            } catch (UploadConflictException e) {
                throw conflict(e);
            } catch (UploadGoneException e) {
                throw unknown(repository, id);
            }
        });
    }

    private RegistryException conflict(UploadConflictException e) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.RANGE_INVALID,
                        "The upload " + id + " to " + repository + " is at offset " + e.currentSize() + ": "
                                + e.getMessage(),
                        Map.of("offset", Long.toString(e.currentSize()))))
                .cause(e)
                .uploadOffset(e.currentSize())
                .build();
    }

    static RegistryException unknown(RepositoryName repository, String id) {
        return RegistryException.of(
                ErrorCode.BLOB_UPLOAD_UNKNOWN,
                "There is no upload " + id + " to " + repository
                        + ": it was finished, cancelled, has expired, or never was; start a new one");
    }
}
