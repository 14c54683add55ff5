package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.internal.store.BlobData;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectUpload;
import java.io.IOException;

/** Makes the staged bytes of an upload a blob. */
final class UploadCommit {
    private final Engine engine;
    private final UploadSession session;

    UploadCommit(UploadSession session) {
        this.engine = session.engine;
        this.session = session;
    }

    /**
     * Commits the bytes if they have the digest, and ends the upload otherwise.
     *
     * <p>Data, holder, link, candidate and the removal of the record are one batch. As for any push, a subset of the first four is
     * harmless. A record without staged bytes is that of an upload that has ended, unless it says that there were none; that
     * of an upload which was appended to and committed by one request may say so, and nobody was told otherwise. Staged bytes
     * without a record are unknown to clients, and expire.
     *
     * @param committing is run before the first change
     */
    Descriptor run(ObjectUpload upload, Digest expected, Runnable committing) throws IOException {
        try (BlobWrite write = new BlobWrite(engine, session.repository, expected)) {
            return run(upload, expected, committing, write);
        }
    }

    private Descriptor run(ObjectUpload upload, Digest expected, Runnable committing, BlobWrite write)
            throws IOException {
        long size = upload.size();
        Digest actual = session.digest(upload, expected.algorithm(), size);
        if (!actual.equals(expected)) {
            session.drop();
            throw StoredBlobs.wrongDigest(session.repository, expected, actual);
        }
        write.begin();
        committing.run();
        ObjectBatch.Builder changes = ObjectBatch.builder();
        BlobData.add(changes, expected, upload, size);
        StoredBlobs.addLink(engine, changes, session.repository, expected, expected);
        session.complete(changes);
        engine.data.stored(expected, size);
        write.confirm(size, () -> {
            throw write.removed();
        });
        return StoredBlobs.descriptor(expected, size);
    }
}
