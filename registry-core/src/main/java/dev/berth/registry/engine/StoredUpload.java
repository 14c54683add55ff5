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
import dev.berth.registry.internal.store.Hashing;
import dev.berth.registry.internal.store.HashingSource;
import dev.berth.registry.internal.store.IncrementalDigest;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.SourceFailedException;
import dev.berth.registry.internal.store.SourceSizeException;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.internal.store.UploadRecord;
import dev.berth.registry.internal.store.UploadRecords;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * An upload to a {@link StorageRegistry}. All its state is in the store, so that any process can resume it. What this
 * object and this process remember only saves reading.
 */
final class StoredUpload implements BlobUpload {
    private final Engine engine;
    private final RepositoryName repository;
    private final String id;

    /** The record as it was last read. It need not be read again: what it says stays true. */
    private Optional<UploadRecords.Versioned> seen;

    /** Whether this object has begun to make the bytes a blob: if that fails, it may have ended the upload itself. */
    private boolean committing;

    StoredUpload(Engine engine, RepositoryName repository, String id, Optional<UploadRecords.Versioned> seen) {
        this.engine = engine;
        this.repository = repository;
        this.id = id;
        this.seen = seen;
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
        try {
            return append(upload, record, offset, content);
        } catch (RegistryException | UploadGoneException | UploadConflictException e) {
            throw e;
        } catch (IOException e) {
            throw withOffset(upload, e);
        }
    }

    private long append(ObjectUpload upload, UploadRecords.Versioned record, long offset, BlobSource content)
            throws IOException {
        RepeatedAppend repeated = new RepeatedAppend(upload, offset);
        IncrementalDigest before;
        try {
            before = digestBefore(upload, record.record(), offset);
        } catch (UploadConflictException e) {
            requireUntold(offset, e);
            return repeated.compare(content, e);
        }
        try (HashingSource hashing = new HashingSource(content, before.hash())) {
            long size = -1;
            try {
                size = upload.append(offset, hashing);
            } catch (SourceFailedException | SourceSizeException e) {
                size = upload.size();
                throw e;
            } catch (UploadConflictException e) {
                requireUntold(offset, e);
                size = repeated.compare(hashing, before, e, stored -> digest(upload, before.algorithm(), stored));
            } finally {
                // After a failure of the store the hash may cover more bytes than were stored, and is then useless.
                if (size == offset + hashing.count()) {
                    IncrementalDigest after = before.at(size);
                    update(record, after);
                    engine.digests.keep(id, after);
                }
            }
            return size;
        }
    }

    /**
     * Throws a refusal unless nobody was told that the bytes after an offset are stored: their append has failed, or its
     * process has died, before it updated the record. A client that was told gets the refusal which the specification
     * demands for a chunk that is sent again.
     */
    private void requireUntold(long offset, UploadConflictException refusal) throws IOException {
        seen = engine.uploadRecords.read(id);
        if (record().record().hashed() > offset) {
            throw refusal;
        }
    }

    /** Updates the record, unless another process has recorded more. */
    private void update(UploadRecords.Versioned before, IncrementalDigest hash) throws IOException {
        UploadRecord record =
                before.record().appended(hash, engine.options.clock().instant());
        seen = engine.uploadRecords.update(id, record, before.version());
        if (seen.isEmpty()) {
            seen = engine.uploadRecords.read(id);
            if (seen.isPresent() && seen.get().record().hashed() < hash.offset()) {
                seen = engine.uploadRecords.update(id, record, seen.get().version());
            }
        }
        seen.ifPresent(now -> engine.idleUploads.changed(id, now.version()));
    }

    /**
     * Adds the offset that holds after a failed append to the failure, if the store still says it.
     *
     * @throws UploadGoneException if the upload has ended, which is why the append has failed
     */
    private RegistryException withOffset(ObjectUpload upload, IOException failure) throws UploadGoneException {
        RegistryException told = StoreCalls.translate("append to " + name(), failure);
        try {
            return told.withUploadOffset(upload.size());
        } catch (UploadGoneException e) {
            e.addSuppressed(failure);
            throw e;
        } catch (IOException e) {
            return told;
        }
    }

    /**
     * Returns the hash of the bytes before an append, from memory or by reading them back. The store checks that the append
     * begins at the current size; the check here only avoids reading back for an append that would fail.
     */
    private IncrementalDigest digestBefore(ObjectUpload upload, UploadRecord record, long offset) throws IOException {
        Optional<IncrementalDigest> remembered = engine.digests.take(id, record.algorithm(), offset);
        if (remembered.isPresent()) {
            return remembered.get();
        }
        if (offset != 0 && offset != upload.size()) {
            throw new UploadConflictException("an append must begin at the current offset", upload.size());
        }
        return readBack(upload, record.algorithm(), offset);
    }

    private static IncrementalDigest readBack(ObjectUpload upload, DigestAlgorithm algorithm, long size)
            throws IOException {
        IncrementalDigest fresh = IncrementalDigest.start(algorithm);
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
        Digest actual = digest(upload, expected.algorithm(), size);
        if (!actual.equals(expected)) {
            upload.abort();
            forget(engine, id);
            throw StoredBlobs.wrongDigest(repository, expected, actual);
        }
        committing = true;
        engine.data.write(expected, upload, size);
        new StoredBlobs(engine, repository).link(expected, expected);
        forget(engine, id);
        return Descriptor.of(MediaTypes.OCTET_STREAM, expected, size);
    }

    private Digest digest(ObjectUpload upload, DigestAlgorithm algorithm, long size) throws IOException {
        if (record().record().hashed() != size) {
            // Another process may have appended since the record was read.
            seen = Optional.empty();
        }
        UploadRecord record = record().record();
        return record.algorithm() == algorithm && record.hashed() == size
                ? record.soFar()
                : readBack(upload, algorithm, size).soFar();
    }

    @Override
    public void cancel() {
        engine.call("cancel the upload " + id + " to " + repository, () -> {
            drop(engine, id);
            return true;
        });
    }

    /** Ends an upload, if it has not ended, and deletes everything of it. */
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
        engine.digests.forget(id);
        engine.idleUploads.forget(id);
    }

    @Override
    public void close() {
        // There is nothing to release.
    }

    private UploadRecords.Versioned record() throws IOException {
        if (seen.isEmpty()) {
            seen = engine.uploadRecords.read(id);
        }
        return seen.orElseThrow(() -> new UploadGoneException("the upload has no record"));
    }

    /** A use of the stored bytes. */
    private interface Use<T> {
        T with(ObjectUpload upload) throws IOException;
    }

    private <T> T call(String what, Use<T> use) {
        return engine.call(what + " " + name(), () -> {
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
            } catch (IOException e) {
                if (!committing && isGone(e)) {
                    throw unknown(repository, id);
                }
                throw e;
            }
        });
    }

    /** Returns whether another request has ended the upload: its objects disappear one by one, and any use may fail. */
    private boolean isGone(IOException failure) {
        try {
            return engine.store.resumeUpload(Keys.uploadStaging(id)).isEmpty();
        } catch (IOException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private String name() {
        return "the upload " + id + " to " + repository;
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
