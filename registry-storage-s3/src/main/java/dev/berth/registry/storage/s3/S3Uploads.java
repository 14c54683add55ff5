package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.UploadConflictException;
import java.io.IOException;
import java.util.Optional;

/** What all uploads of a store share. */
final class S3Uploads {
    final Bucket bucket;
    final UploadStates states;
    final UploadCache cache;
    final RequestThreads threads;
    final BucketLister lister;

    S3Uploads(Bucket bucket, BucketLister lister, RequestThreads threads) {
        this.bucket = bucket;
        this.states = new UploadStates(bucket);
        this.cache = new UploadCache(4L * bucket.settings.partBytes());
        this.threads = threads;
        this.lister = lister;
    }

    Pieces pieces(String staging) {
        return new Pieces(bucket, staging);
    }

    /** Returns the failure of a change that lost against another one. */
    IOException lost(String staging) throws IOException {
        Optional<UploadStates.VersionedState> now = states.find(staging);
        if (now.isEmpty()) {
            return UploadStates.gone(staging);
        }
        return new UploadConflictException(
                "Another request has changed the upload " + staging,
                now.get().state().size());
    }
}
