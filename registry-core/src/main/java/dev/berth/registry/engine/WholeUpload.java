package dev.berth.registry.engine;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.storage.ObjectBatch;
import java.io.IOException;

/**
 * Completes an upload of which nothing is staged with content that arrives in one piece, as most clients send it: a push
 * that also removes the record of the upload.
 */
final class WholeUpload extends WholeBlob {
    private final UploadSession session;
    private final Runnable committing;
    private final Staged staged;

    /**
     * Creates a push.
     *
     * @param committing is run before the first change
     */
    WholeUpload(UploadSession session, Runnable committing, Staged staged) {
        super(session.engine, session.repository);
        this.session = session;
        this.committing = committing;
        this.staged = staged;
    }

    /** What stores content through the upload. */
    interface Staged {
        Descriptor commit(Digest expected, BlobSource content) throws IOException;
    }

    /** A client has nearly always found the blob missing before it starts an upload, so that looking again gains nothing. */
    @Override
    boolean isStored(Digest digest, byte[] bytes) {
        return false;
    }

    /** What the batch has besides those of a push is the removal of the record: see {@link UploadCommit}. */
    @Override
    void complete(ObjectBatch.Builder changes) throws IOException {
        committing.run();
        session.complete(changes);
        // An append may have begun meanwhile, whose bytes are now nobody's.
        session.abort();
    }

    @Override
    Descriptor stage(Digest expected, BlobSource content) throws IOException {
        return staged.commit(expected, content);
    }

    @Override
    RegistryException wrongDigest(Digest expected, Digest actual) throws IOException {
        session.drop();
        return StoredBlobs.wrongDigest(repository, expected, actual);
    }
}
