package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import java.io.IOException;

/** Deletes every object below a prefix: a listing and a deletion for each thousand of them. */
final class TreeDeletion {
    private final Bucket bucket;
    private final BucketLister lister;

    TreeDeletion(Bucket bucket, BucketLister lister) {
        this.bucket = bucket;
        this.lister = lister;
    }

    void delete(KeyPrefix prefix) throws IOException {
        ListRequest request = ListRequest.tree(prefix);
        while (true) {
            ListPage page = lister.list(request);
            bucket.deleteAll(page.names());
            if (page.last()) {
                return;
            }
            request = request.after(page.names().get(page.names().size() - 1));
        }
    }
}
