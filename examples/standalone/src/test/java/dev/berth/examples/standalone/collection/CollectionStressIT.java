package dev.berth.examples.standalone.collection;

import dev.berth.examples.standalone.programs.S3Bucket;
import dev.berth.examples.standalone.programs.UsesS3Gateway;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import dev.berth.registry.storage.s3.S3ObjectStore;
import dev.berth.registry.storage.s3.S3StorageOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Collections that never pause, with the shortest grace period, remove nothing that anybody needs, and leave nothing else:
 * while eight threads push, tag, mount, delete and pull images that share layers. It takes {@code berth.stress.seconds}.
 */
@Execution(ExecutionMode.CONCURRENT)
@UsesS3Gateway
@Tag("any-jdk")
class CollectionStressIT {
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("berth.stress.seconds", 20));

    @Test
    void overMemory() throws Exception {
        try (ObjectStore store = MemoryObjectStore.create()) {
            new CollectionStress(List.of(store)).run(TIME);
        }
    }

    @Test
    void overFiles(@TempDir Path directory) throws Exception {
        try (ObjectStore store = FileObjectStore.open(directory)) {
            new CollectionStress(List.of(store)).run(TIME);
        }
    }

    @Test
    void overBucketOfTwoNodes(S3Bucket bucket) throws Exception {
        try (ObjectStore one = open(bucket);
                ObjectStore other = open(bucket)) {
            new CollectionStress(List.of(one, other)).run(TIME);
        }
    }

    private static ObjectStore open(S3Bucket bucket) throws Exception {
        var key = AwsBasicCredentials.create(
                bucket.gateway().writer().id(), bucket.gateway().writer().secret());
        return S3ObjectStore.open(S3StorageOptions.builder(bucket.name())
                .endpoint(bucket.endpoint())
                .pathStyle(true)
                .credentials(StaticCredentialsProvider.create(key))
                .build());
    }
}
