package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.UploadConflictException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Commits an upload. Its state holds a lease, which excludes other commits until this one is done or the lease has not
 * been renewed for {@link UploadStates#LEASE}.
 */
final class UploadCommit {
    private final S3Uploads uploads;
    private final String staging;

    UploadCommit(S3Uploads uploads, String staging) {
        this.uploads = uploads;
        this.staging = staging;
    }

    void commit(ObjectKey key, long expectedSize) throws IOException {
        UploadStates.VersionedState ending = begin(key, expectedSize);
        Assembly assembly = new Assembly(uploads, staging, ending);
        ListPage staged;
        try {
            staged = assemble(assembly, key);
        } catch (IOException | RuntimeException | Error e) {
            if (!reopen(assembly.ending(), e)) {
                throw UploadStates.gone(staging);
            }
            throw e;
        }
        if (staged.last()) {
            uploads.bucket.deleteAll(staged.names());
        } else {
            new TreeDeletion(uploads.bucket, uploads.lister).delete(KeyPrefix.of(staging + "/"));
        }
    }

    /**
     * Makes the object, and returns what is to be deleted after that: nothing is added any more, since only this commit can
     * change the upload now. What loses against it deletes what it has written.
     */
    private ListPage assemble(Assembly assembly, ObjectKey key) throws IOException {
        List<RequestThreads.Task<Optional<ListPage>>> tasks =
                List.of(() -> Optional.of(uploads.lister.list(ListRequest.tree(KeyPrefix.of(staging + "/")))), () -> {
                    assembly.assemble(key.value());
                    return Optional.empty();
                });
        return uploads.threads.all(tasks).get(0).orElseThrow();
    }

    private UploadStates.VersionedState begin(ObjectKey key, long expectedSize) throws IOException {
        Optional<UploadCache.Entry> cached = uploads.cache.take(staging);
        if (cached.isPresent() && cached.get().known().state().size() == expectedSize) {
            UploadStates.VersionedState known = cached.get().known();
            Optional<UploadStates.VersionedState> ending =
                    uploads.states.replace(staging, known, known.state().committing(key));
            if (ending.isPresent()) {
                return ending.get();
            }
        }
        UploadStates.VersionedState known = uploads.states.read(staging);
        long size = known.state().size();
        if (known.isCommitting()) {
            throw new UploadConflictException("Another request is committing the upload " + staging, size);
        }
        if (size != expectedSize) {
            throw new UploadConflictException(
                    "The upload " + staging + " has " + size + " bytes, not " + expectedSize, size);
        }
        Optional<UploadStates.VersionedState> ending =
                uploads.states.replace(staging, known, known.state().committing(key));
        if (ending.isEmpty()) {
            throw uploads.lost(staging);
        }
        return ending.get();
    }

    /** Releases the lease of the upload, and returns whether the upload still exists. */
    private boolean reopen(UploadStates.VersionedState ending, Throwable reason) {
        boolean[] there = {true};
        UninterruptedCleanup.run(
                reason,
                () -> there[0] = uploads.states
                                .replace(staging, ending, ending.state().reopened())
                                .isPresent()
                        || uploads.states.find(staging).isPresent());
        return there[0];
    }
}
