package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.hash.Hashing;
import dev.berth.registry.internal.hash.IncrementalDigest;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.UploadRecords;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What one object of an upload knows of it. The upload is its record, and, from the first append on, what the store has
 * staged. For one thread.
 */
final class UploadSession {
    final Engine engine;
    final RepositoryName repository;
    final String id;

    /** The record as it was last read. What it says of the bytes stays true. */
    private Optional<UploadRecords.Versioned> seen;

    /** Whether the record has been read in the call that is in progress, or just before it. */
    private boolean current;

    /** The hash of bytes that the record does not cover, since they are about to be committed. */
    private Optional<IncrementalDigest> unrecorded = Optional.empty();

    UploadSession(Engine engine, RepositoryName repository, String id, Optional<UploadRecords.Versioned> seen) {
        this.engine = engine;
        this.repository = repository;
        this.id = id;
        this.seen = seen;
        this.current = seen.isPresent();
    }

    /** Begins to use the upload. What is staged is looked for when it is needed. */
    Staging stage() {
        return new Staging(this);
    }

    /**
     * Called when nothing is found staged: nothing has been appended, or the upload has ended, and the record says which.
     *
     * @throws UploadGoneException if it has ended
     */
    void requireNothingStaged() throws IOException {
        if (!current) {
            reread();
        }
        if (record().record().hashed() > 0) {
            throw new UploadGoneException("what the upload has staged is gone");
        }
    }

    /** Returns whether, by a record that was just read, nobody has been told of any bytes. */
    boolean untold() throws IOException {
        return current && record().record().hashed() == 0;
    }

    Optional<ObjectUpload> resume() throws IOException {
        return engine.store.resumeUpload(Keys.uploadStaging(id));
    }

    /** Called at the end of each call: until the next one, others may do anything to the upload. */
    void leave() {
        current = false;
    }

    UploadRecords.Versioned record() throws IOException {
        if (seen.isEmpty()) {
            reread();
        }
        return seen.orElseThrow(() -> new UploadGoneException("the upload has no record"));
    }

    void reread() throws IOException {
        seen = engine.uploadRecords.read(id);
        current = true;
    }

    /** Keeps the hash of appended bytes without telling anybody that they are stored. */
    void keep(IncrementalDigest hash) {
        unrecorded = Optional.of(hash);
    }

    /**
     * Updates the record after an append, unless another process has recorded more.
     *
     * @throws UploadGoneException if the upload has ended
     */
    void update(UploadRecords.Versioned before, IncrementalDigest hash) throws IOException {
        var record = before.record().appended(hash, engine.options.clock().instant());
        seen = engine.uploadRecords.update(id, record, before.version());
        if (seen.isEmpty()) {
            reread();
            if (record().record().hashed() < hash.offset()) {
                Optional<UploadRecords.Versioned> updated = engine.uploadRecords.update(id, record, record().version());
                seen = updated.isPresent() ? updated : engine.uploadRecords.read(id);
            }
        }
        engine.idleUploads.changed(id, record().version());
    }

    /** Returns the digest of all bytes, reading them back only if neither the record nor this object knows it. */
    Digest digest(ObjectUpload upload, DigestAlgorithm algorithm, long size) throws IOException {
        Optional<IncrementalDigest> known =
                unrecorded.filter(hash -> hash.algorithm() == algorithm && hash.offset() == size);
        if (known.isPresent()) {
            return known.get().soFar();
        }
        if (record().record().hashed() != size) {
            // Another process may have appended since the record was read.
            reread();
        }
        var record = record().record();
        return record.algorithm() == algorithm && record.hashed() == size
                ? record.soFar()
                : readBack(upload, algorithm, size).soFar();
    }

    static IncrementalDigest readBack(ObjectUpload upload, DigestAlgorithm algorithm, long size) throws IOException {
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

    /**
     * Makes the changes that complete the upload, with the removal of its record among them. If some of them fail, the upload
     * is as it was where its bytes are still there, so that the client may try again: its record is written again.
     */
    void complete(ObjectBatch.Builder changes) throws IOException {
        UploadRecords.Versioned record = record();
        try {
            engine.store.apply(changes.delete(Keys.uploadRecord(id)).build());
        } catch (IOException | RuntimeException e) {
            try {
                if (record.record().hashed() == 0 || resume().isPresent()) {
                    seen = engine.uploadRecords.restore(id, record.record());
                }
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
        forget(engine, id);
    }

    void drop() throws IOException {
        drop(engine, id);
    }

    /**
     * Ends an upload, if it has not ended, and deletes everything of it. The staged bytes go first: a process that dies in
     * between leaves the record, by which the upload is found when it expires.
     */
    static void drop(Engine engine, String id) throws IOException {
        abort(engine, id);
        engine.uploadRecords.remove(id);
        // An append that was the first one may have begun between the two.
        abort(engine, id);
        forget(engine, id);
    }

    /** Ends what is staged, if there is something. */
    void abort() throws IOException {
        abort(engine, id);
    }

    private static void abort(Engine engine, String id) throws IOException {
        Optional<ObjectUpload> upload = engine.store.resumeUpload(Keys.uploadStaging(id));
        if (upload.isPresent()) {
            try (ObjectUpload open = upload.get()) {
                open.abort();
            }
        }
    }

    private static void forget(Engine engine, String id) {
        engine.digests.forget(id);
        engine.idleUploads.forget(id);
    }

    String name() {
        return "the upload " + id + " to " + repository;
    }
}
