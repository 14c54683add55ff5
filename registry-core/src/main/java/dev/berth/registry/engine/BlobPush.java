package dev.berth.registry.engine;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadOptions;
import dev.berth.registry.storage.ObjectBatch;
import java.io.IOException;

/** Pushes a blob in one call. The blob may be there already; a small one is then not written again. */
final class BlobPush extends WholeBlob {
    BlobPush(Engine engine, RepositoryName repository) {
        super(engine, repository);
    }

    @Override
    boolean isStored(Digest digest, byte[] bytes) throws IOException {
        return engine.data.holds(digest, bytes);
    }

    @Override
    void complete(ObjectBatch.Builder changes) throws IOException {
        engine.store.apply(changes.build());
    }

    @Override
    Descriptor stage(Digest expected, BlobSource content) throws IOException {
        StoredUpload upload = new StoredBlobs(engine, repository).start(UploadOptions.of(expected.algorithm()));
        try {
            return upload.stage(expected, content);
        } catch (RegistryException e) {
            try {
                upload.cancel();
            } catch (RegistryException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    @Override
    RegistryException wrongDigest(Digest expected, Digest actual) {
        return StoredBlobs.wrongDigest(repository, expected, actual);
    }
}
