package dev.berth.registry.engine;

import dev.berth.registry.BlobSource;
import dev.berth.registry.internal.hash.HashingSource;
import dev.berth.registry.internal.hash.IncrementalDigest;
import dev.berth.registry.internal.hash.SourceFailedException;
import dev.berth.registry.internal.hash.SourceSizeException;
import dev.berth.registry.internal.store.UploadRecord;
import dev.berth.registry.internal.store.UploadRecords;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.IOException;
import java.util.Optional;

/** An append to an upload, which hashes the bytes while the store takes them. */
final class UploadAppend {
    private final Engine engine;
    private final UploadSession session;

    /** Whether a commit follows in the same request. Nobody is told of the bytes before that, nor the record. */
    private final boolean last;

    UploadAppend(UploadSession session, boolean last) {
        this.engine = session.engine;
        this.session = session;
        this.last = last;
    }

    /** Returns the new size. */
    long run(Staging staging, long offset, BlobSource content) throws IOException {
        UploadRecords.Versioned record = session.record();
        ObjectUpload upload = staging.begin(offset);
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
            boolean complete = false;
            try {
                size = upload.append(offset, hashing);
                complete = true;
            } catch (SourceFailedException | SourceSizeException e) {
                size = upload.size();
                throw e;
            } catch (UploadConflictException e) {
                requireUntold(offset, e);
                size = repeated.compare(
                        hashing, before, e, stored -> session.digest(upload, before.algorithm(), stored));
                complete = true;
            } finally {
                // After a failure of the store the hash may cover more bytes than were stored, and is then useless.
                if (size == offset + hashing.count()) {
                    record(upload, record, before.at(size), complete);
                }
            }
            return size;
        }
    }

    private void record(ObjectUpload upload, UploadRecords.Versioned before, IncrementalDigest hash, boolean complete)
            throws IOException {
        if (last && complete) {
            session.keep(hash);
        } else {
            try {
                session.update(before, hash);
            } catch (UploadGoneException e) {
                // Another request has ended the upload, maybe before anything was staged.
                upload.abort();
                throw e;
            }
        }
        engine.digests.keep(session.id, hash);
    }

    /**
     * Throws a refusal unless nobody was told that the bytes after an offset are stored: their append has failed, or its
     * process has died, before it updated the record. A client that was told gets the refusal which the specification
     * demands for a chunk that is sent again.
     */
    private void requireUntold(long offset, UploadConflictException refusal) throws IOException {
        session.reread();
        if (session.record().record().hashed() > offset) {
            throw refusal;
        }
    }

    /**
     * Returns the hash of the bytes before an append, from memory or by reading them back. The store checks that the append
     * begins at the current size; the check here only avoids reading back for an append that would fail.
     */
    private IncrementalDigest digestBefore(ObjectUpload upload, UploadRecord record, long offset) throws IOException {
        Optional<IncrementalDigest> remembered = engine.digests.take(session.id, record.algorithm(), offset);
        if (remembered.isPresent()) {
            return remembered.get();
        }
        if (offset != 0 && offset != upload.size()) {
            throw new UploadConflictException("an append must begin at the current offset", upload.size());
        }
        return UploadSession.readBack(upload, record.algorithm(), offset);
    }
}
