package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.S3Bucket;
import dev.berth.examples.standalone.programs.S3Gateway;
import dev.berth.examples.standalone.programs.UsesS3Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** An unusable bucket ends berth.jar at startup, with one sentence and exit code 1. */
@UsesS3Gateway
@EnabledIfSystemProperty(
        named = "berth.it.long",
        matches = "true",
        disabledReason = "takes half a minute; set -Dberth.it.long=true to run it")
@Tag("any-jdk")
class BucketErrorsIT {
    /** The prefixes of the secret keys of the gateway. */
    private static final List<String> SECRETS = List.of("SKTEST", "SKREADER");

    private final S3Gateway gateway;
    private final S3Bucket bucket;

    BucketErrorsIT(S3Gateway gateway, S3Bucket bucket) {
        this.gateway = gateway;
        this.bucket = bucket;
    }

    private static void expectOneSentence(BerthCommand command, String... about)
            throws IOException, InterruptedException {
        ChildProcess.Outcome outcome = command.run();
        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).as("%s", outcome).hasSize(1);
        assertThat(outcome.err()).contains(about).doesNotContain("Exception").doesNotContain(SECRETS);
    }

    private BerthCommand serve() {
        return BerthCommand.serve(bucket.address());
    }

    @Test
    void anUnknownAccessKeyIsReported() throws IOException, InterruptedException {
        expectOneSentence(
                bucket.configure(serve(), new S3Gateway.AccessKey("AKNOBODY", "wrong")), bucket.name(), "key");
    }

    @Test
    void aWrongSecretKeyIsReported() throws IOException, InterruptedException {
        expectOneSentence(
                bucket.configure(
                        serve(), new S3Gateway.AccessKey(gateway.writer().id(), "wrong")),
                bucket.name(),
                "secret");
    }

    @Test
    void missingCredentialsAreReported() throws IOException, InterruptedException {
        expectOneSentence(
                serve().with(
                                "REGISTRY_STORAGE_S3_REGIONENDPOINT",
                                bucket.endpoint().toString())
                        .with("AWS_EC2_METADATA_DISABLED", "true"),
                "AWS_ACCESS_KEY_ID");
    }

    @Test
    void aMissingBucketIsReported() throws IOException, InterruptedException {
        expectOneSentence(bucket.configure(BerthCommand.serve("s3://berth-missing")), "berth-missing");
    }

    @Test
    void aBucketWithoutListPermissionIsReported() throws IOException, InterruptedException {
        expectOneSentence(bucket.configure(serve(), gateway.reader()), bucket.name(), "not allowed to list");
    }

    @Test
    void aReadOnlyBucketIsRejectedUnlessTheRegistryIsReadOnly() throws IOException, InterruptedException {
        TestImage image = TestImage.random(1, 1, 1000);
        try (BerthProcess berth = bucket.serve().start()) {
            berth.http().pushImage("team/app", "1.0", image);
        }
        bucket.grantRead();

        expectOneSentence(
                bucket.configure(serve(), gateway.reader()), bucket.address(), "write", "AccessDenied", "READONLY");

        // Read access is sufficient for pulls.
        try (BerthProcess berth = bucket.configure(serve(), gateway.reader())
                .with("REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED", "true")
                .start()) {
            berth.http().expectImage("team/app", "1.0", image);
            assertThat(berth.http().tags("team/app")).containsExactly("1.0");
        }
    }

    @Test
    void anEndpointThatIsNotS3IsReported() throws IOException, InterruptedException {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            byte[] page = "<html><body>It works!</body></html>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        web.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + web.getAddress().getPort());

            expectOneSentence(bucket.via(address).configure(serve()), address.toString());
        } finally {
            web.stop(0);
        }
    }

    @Test
    void anUnreachableEndpointIsReported() throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        URI address = URI.create("http://127.0.0.1:" + port);

        expectOneSentence(bucket.via(address).configure(serve()), address.toString());
    }

    @Test
    void httpsToAPlainHttpEndpointIsReported() throws IOException, InterruptedException {
        URI address = URI.create("https://127.0.0.1:" + bucket.endpoint().getPort());

        expectOneSentence(bucket.via(address).configure(serve()), address.toString());
    }

    @Test
    void reindexReportsAMissingBucket() throws IOException, InterruptedException {
        expectOneSentence(
                bucket.configure(BerthCommand.of("reindex", "--storage", "s3://berth-missing")), "berth-missing");
    }
}
