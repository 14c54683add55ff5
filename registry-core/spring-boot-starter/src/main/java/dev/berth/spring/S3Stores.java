package dev.berth.spring;

import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.s3.S3ObjectStore;
import dev.berth.registry.storage.s3.S3StorageOptions;
import java.io.IOException;
import java.util.Objects;

/** Opens a bucket. Loaded only where the library for it is. */
final class S3Stores {
    private S3Stores() {}

    static ObjectStore open(BerthProperties.S3 bucket) throws IOException {
        S3StorageOptions.Builder options = S3StorageOptions.builder(Objects.requireNonNull(bucket.bucket(), "bucket"))
                .pathStyle(bucket.pathStyle());
        if (bucket.prefix() != null) {
            options.prefix(bucket.prefix());
        }
        if (bucket.region() != null) {
            options.region(bucket.region());
        }
        if (bucket.endpoint() != null) {
            options.endpoint(bucket.endpoint());
        }
        return S3ObjectStore.open(options.build());
    }
}
