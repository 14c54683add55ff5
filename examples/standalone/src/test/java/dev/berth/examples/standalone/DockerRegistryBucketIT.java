package dev.berth.examples.standalone;

import org.junit.jupiter.api.extension.ExtendWith;

/** berth.jar and Docker's own registry, with its S3 driver, take turns over one bucket. */
@ExtendWith(S3GatewayExtension.class)
class DockerRegistryBucketIT extends DockerRegistryInterop {
    private final S3Bucket bucket;

    DockerRegistryBucketIT(S3Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    SharedStorage storage() {
        return bucket;
    }

    @Override
    boolean leavesEmptyLinks() {
        return true;
    }
}
