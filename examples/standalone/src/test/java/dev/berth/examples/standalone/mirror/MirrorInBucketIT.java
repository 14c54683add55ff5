package dev.berth.examples.standalone.mirror;

import dev.berth.examples.standalone.programs.S3Bucket;
import dev.berth.examples.standalone.programs.UsesS3Gateway;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.s3.S3ObjectStore;
import dev.berth.registry.storage.s3.S3StorageOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A mirror of Docker's registry that keeps what it has in a bucket. */
@UsesS3Gateway
@Tag("any-jdk")
class MirrorInBucketIT {
    private static final int IMAGES = Integer.getInteger("berth.it.mirror.images", 40);

    @TempDir
    Path directory;

    private final AtomicInteger stores = new AtomicInteger();
    private Upstream upstream;

    @BeforeEach
    void start() throws Exception {
        upstream = Upstream.start(directory);
    }

    @AfterEach
    void end() throws IOException {
        if (upstream != null) {
            upstream.close();
        }
    }

    /** Opens an empty store, in a folder of its own. */
    private ObjectStore open(S3Bucket bucket) {
        var key = AwsBasicCredentials.create(
                bucket.gateway().writer().id(), bucket.gateway().writer().secret());
        try {
            return S3ObjectStore.open(S3StorageOptions.builder(bucket.name())
                    .prefix("mirror-" + stores.incrementAndGet())
                    .endpoint(bucket.endpoint())
                    .pathStyle(true)
                    .credentials(StaticCredentialsProvider.create(key))
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void manyClientsAtOnceCauseOneDownload(S3Bucket bucket) throws Exception {
        new Stampede(upstream).run(() -> open(bucket));
    }

    @Test
    void whatIsHereIsServedForADay(S3Bucket bucket) throws Exception {
        try (ObjectStore store = open(bucket)) {
            new Outage(upstream).run(store);
        }
    }

    @Test
    void theBudgetIsKept(S3Bucket bucket) throws Exception {
        try (ObjectStore store = open(bucket)) {
            new SmallBudget(upstream, IMAGES).run(store);
        }
    }
}
