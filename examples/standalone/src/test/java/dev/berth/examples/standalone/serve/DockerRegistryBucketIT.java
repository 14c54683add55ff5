package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.programs.S3Bucket;
import dev.berth.examples.standalone.programs.SharedStorage;
import dev.berth.examples.standalone.programs.UsesS3Gateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** berth.jar and Docker's registry, with its S3 driver, alternate on one bucket. */
@UsesS3Gateway
@EnabledIfSystemProperty(
        named = "berth.it.long",
        matches = "true",
        disabledReason = "takes a minute; set -Dberth.it.long=true to run it")
@Tag("any-jdk")
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
