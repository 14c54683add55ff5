package dev.berth.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bucket that cannot be used ends berth.jar at its start, with one sentence and exit code 1. */
@ExtendWith(S3GatewayExtension.class)
class BucketBadInputIT {
    /** What the secrets of the gateway begin with. */
    private static final List<String> SECRETS = List.of("SKTEST", "SKREADER");

    private final S3Gateway gateway;
    private final S3Bucket bucket;

    BucketBadInputIT(S3Gateway gateway, S3Bucket bucket) {
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
    void anUnknownKey() throws IOException, InterruptedException {
        expectOneSentence(
                bucket.authorise(serve(), new S3Gateway.AccessKey("AKNOBODY", "wrong")), bucket.name(), "key");
    }

    @Test
    void aWrongSecret() throws IOException, InterruptedException {
        expectOneSentence(
                bucket.authorise(
                        serve(), new S3Gateway.AccessKey(gateway.writer().id(), "wrong")),
                bucket.name(),
                "secret");
    }

    @Test
    void noKeysAtAll() throws IOException, InterruptedException {
        expectOneSentence(
                serve().with(
                                "REGISTRY_STORAGE_S3_REGIONENDPOINT",
                                bucket.endpoint().toString())
                        .with("AWS_EC2_METADATA_DISABLED", "true"),
                "AWS_ACCESS_KEY_ID");
    }

    @Test
    void aBucketThatIsNotThere() throws IOException, InterruptedException {
        expectOneSentence(bucket.authorise(BerthCommand.serve("s3://berth-missing")), "berth-missing");
    }

    @Test
    void aBucketOfSomebodyElse() throws IOException, InterruptedException {
        expectOneSentence(bucket.authorise(serve(), gateway.reader()), bucket.name(), "not allowed to list");
    }

    @Test
    void aBucketThatMayOnlyBeRead() throws IOException, InterruptedException {
        TestImage image = TestImage.random(1, 1, 1000);
        try (BerthProcess berth = bucket.serve().start()) {
            berth.http().pushImage("team/app", "1.0", image);
        }
        bucket.letRead();

        expectOneSentence(
                bucket.authorise(serve(), gateway.reader()), bucket.address(), "write", "AccessDenied", "READONLY");

        // Whoever only pulls needs no more.
        try (BerthProcess berth = bucket.authorise(serve(), gateway.reader())
                .with("REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED", "true")
                .start()) {
            berth.http().expectImage("team/app", "1.0", image);
            assertThat(berth.http().tags("team/app")).containsExactly("1.0");
        }
    }

    @Test
    void anEndpointThatIsNotS3() throws IOException, InterruptedException {
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

            expectOneSentence(bucket.by(address).authorise(serve()), address.toString());
        } finally {
            web.stop(0);
        }
    }

    @Test
    void anEndpointWhereNobodyListens() throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        URI address = URI.create("http://127.0.0.1:" + port);

        expectOneSentence(bucket.by(address).authorise(serve()), address.toString());
    }

    @Test
    void tlsWhereThereIsNone() throws IOException, InterruptedException {
        URI address = URI.create("https://127.0.0.1:" + bucket.endpoint().getPort());

        expectOneSentence(bucket.by(address).authorise(serve()), address.toString());
    }

    @Test
    void reindexSaysTheSame() throws IOException, InterruptedException {
        expectOneSentence(
                bucket.authorise(BerthCommand.of("reindex", "--storage", "s3://berth-missing")), "berth-missing");
    }
}
