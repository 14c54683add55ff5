package dev.berth.registry.engine;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.UploadConflictException;
import java.io.IOException;

/**
 * Completes an upload of which nothing is staged with content that arrives in one piece, as most clients send it: a push
 * that also removes the record of the upload.
 */
final class WholeUpload extends WholeBlob {
    private final UploadSession session;
    private final Staging staging;
    private final Runnable committing;
    private final Staged staged;

    /**
     * Creates a push.
     *
     * @param committing is run before the first change
     */
    WholeUpload(UploadSession session, Staging staging, Runnable committing, Staged staged) {
        super(session.engine, session.repository);
        this.session = session;
        this.staging = staging;
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
        // Nobody was told of these bytes. An append in progress finds that the record is gone, and drops its own.
        staging.discard();
    }

    @Override
    Descriptor stage(Digest expected, BlobSource content) throws IOException {
        return staged.commit(expected, content);
    }

    /**
     * Where an append has failed after it had stored something, or its process has died, the content may be what follows: a
     * client that has asked how much there is sends the rest without saying where it belongs.
     */
    @Override
    Descriptor other(Digest expected, Digest actual, byte[] bytes) throws IOException {
        return staging.isEmpty() ? super.other(expected, actual, bytes) : stage(expected, BlobSource.of(bytes));
    }

    @Override
    RegistryException wrongDigest(Digest expected, Digest actual) throws IOException {
        if (!staging.isEmpty()) {
            // It may be what follows, as above, but it was too large to be kept.
            throw new UploadConflictException("the request does not say where its bytes belong", staging.size());
        }
        session.drop();
        return StoredBlobs.wrongDigest(repository, expected, actual);
    }
}
