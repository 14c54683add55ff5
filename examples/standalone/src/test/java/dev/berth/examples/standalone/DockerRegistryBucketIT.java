package dev.berth.examples.standalone;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** berth.jar and Docker's own registry, with its S3 driver, take turns over one bucket. */
@ExtendWith(S3GatewayExtension.class)
@EnabledIfSystemProperty(
        named = "berth.it.long",
        matches = "true",
        disabledReason = "takes a minute; set -Dberth.it.long=true to run it")
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
