package dev.berth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.s3.S3ObjectStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An application whose registry is in a bucket, of Ceph's gateway. */
@EnabledIfEnvironmentVariable(
        named = "BERTH_TEST_S3_ENDPOINT",
        matches = ".+",
        disabledReason = "there is no gateway: eval \"$(.ci/radosgw start)\" starts one")
class BucketTest {
    private static final String KEY_ID = "aws.accessKeyId";
    private static final String KEY = "aws.secretAccessKey";

    private final String bucket = "spring-" + UUID.randomUUID();
    private final String endpoint = System.getenv("BERTH_TEST_S3_ENDPOINT");

    @BeforeEach
    void makeBucket() {
        String id = System.getenv("BERTH_TEST_S3_ACCESS_KEY");
        String key = System.getenv("BERTH_TEST_S3_SECRET_KEY");
        // Where the AWS SDK looks for them.
        System.setProperty(KEY_ID, id);
        System.setProperty(KEY, key);
        try (S3Client client = S3Client.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(id, key)))
                .build()) {
            var unused = client.createBucket(request -> request.bucket(bucket));
        }
    }

    @AfterEach
    void forgetCredentials() {
        System.clearProperty(KEY_ID);
        System.clearProperty(KEY);
    }

    private Application start() {
        return Application.start(
                PlainApplication.class,
                "berth.storage.s3.bucket=" + bucket,
                "berth.storage.s3.prefix=images",
                "berth.storage.s3.region=us-east-1",
                "berth.storage.s3.endpoint=" + endpoint,
                "berth.storage.s3.path-style=true");
    }

    @Test
    void twoApplicationsShareTheBucket() throws Exception {
        BlobSource blob = BlobSource.of("a blob".getBytes(StandardCharsets.UTF_8));
        try (Application one = start();
                Application two = start();
                RemoteRegistry client = RemoteRegistry.at(one.address())) {
            Digest digest = client.repository("team/app").blobs().push(blob).digest();

            assertThat(one.context.getBean(ObjectStore.class)).isInstanceOf(S3ObjectStore.class);
            assertThat(two.get("/v2/team/app/blobs/" + digest).body()).isEqualTo("a blob");
            assertThat(two.get("/actuator/health").body()).containsPattern("\"berth\":\\{[^}]*\"status\":\"UP\"");
        }
    }
}
