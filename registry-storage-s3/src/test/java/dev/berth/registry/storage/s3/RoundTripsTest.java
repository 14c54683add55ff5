package dev.berth.registry.storage.s3;

import static dev.berth.registry.storage.s3.RandomBytes.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How many requests to S3 follow each other while a client waits, which is what its push takes where S3 is far away. How
 * many there are in all is the matter of {@link RequestCountTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoundTripsTest {
    private static final RepositoryName NAME = RepositoryName.parse("library/app");
    private static final RepositoryName OTHER = RepositoryName.parse("library/other");
    private static final int LAYERS = 5;

    private final HttpClient client = HttpClient.newHttpClient();
    private final RoundTrips trips = new RoundTrips();
    private S3ObjectStore store;
    private Registry registry;
    private Repository repository;
    private RegistryServer server;

    @BeforeAll
    void open() throws Exception {
        store = trips.open(S3Proxy.get().options(Gateway.newPrefix()).build());
        // Time stands still, since every ten seconds one request more is sent.
        registry = StorageRegistry.over(
                store, StorageOptions.builder().clock(() -> Instant.EPOCH).build());
        repository = registry.repository(NAME);
        server = RegistryServer.builder(registry).listen("127.0.0.1", 0).build().start();
        // What is looked up once, or every ten seconds.
        repository.blobs().push(Digest.sha256(new byte[] {1}), BlobSource.of(new byte[] {1}));
        send("PUT", "/v2/" + NAME + "/manifests/first", image(0));
        send("GET", "/v2/" + NAME + "/manifests/first", new byte[0]);
    }

    @AfterAll
    void close() {
        server.close();
        registry.close();
        store.close();
    }

    @Test
    void aBlobTakesAtMostFour() throws Exception {
        assertThat(pushing(1, 100)).isLessThanOrEqualTo(4);
        assertThat(pushing(2, 1_000_000)).isLessThanOrEqualTo(4);
        byte[] blob = random(3, 1_000_000);
        assertThat(trips.of(() -> send("POST", uploads() + "?digest=" + Digest.sha256(blob), blob)))
                .isLessThanOrEqualTo(4);
    }

    @Test
    void aBlobInAPostAndAPutTakesAtMostFour() throws Exception {
        for (int size : new int[] {1000, 1_000_000}) {
            byte[] blob = random(4, size);
            assertThat(trips.of(() -> put(send("POST", uploads(), new byte[0]), blob, blob)))
                    .isLessThanOrEqualTo(4);
        }
    }

    @Test
    void aBlobInAPostAndAPatchAndAPutTakesTwelve() throws Exception {
        for (int size : new int[] {1000, 1_000_000}) {
            byte[] blob = random(5, size);
            URI[] at = new URI[1];
            int post = trips.of(() -> at[0] = send("POST", uploads(), new byte[0]));
            int patch = trips.of(() -> at[0] = send("PATCH", at[0].toString(), blob));
            int put = trips.of(() -> put(at[0], new byte[0], blob));
            assertThat(post).isEqualTo(1);
            assertThat(patch).as("record, state, bytes, state, record").isEqualTo(5);
            assertThat(put)
                    .as("record, state, size, state, object, what was staged")
                    .isEqualTo(6);
        }
    }

    @Test
    void aMountTakesAtMostFour() throws Exception {
        byte[] blob = random(6, 1000);
        repository.blobs().push(Digest.sha256(blob), BlobSource.of(blob));
        String query = "?mount=" + Digest.sha256(blob) + "&from=" + NAME;
        assertThat(trips.of(() -> send("POST", "/v2/" + OTHER + "/blobs/uploads/" + query, new byte[0])))
                .isLessThanOrEqualTo(4);
    }

    @Test
    void aManifestWithATagTakesAtMostFive() throws Exception {
        byte[] image = image(10);
        assertThat(trips.of(() -> send("PUT", "/v2/" + NAME + "/manifests/v1", image)))
                .isLessThanOrEqualTo(5);
        byte[] another = image(20);
        assertThat(trips.of(() -> send("PUT", "/v2/" + NAME + "/manifests/v1", another)))
                .isLessThanOrEqualTo(5);
        assertThat(trips.of(() -> send("PUT", "/v2/" + NAME + "/manifests/v1", another)))
                .isLessThanOrEqualTo(5);
    }

    @Test
    void aPullTakesOneForABlobAndTwoForAManifestByTag() throws Exception {
        byte[] blob = random(7, 100_000);
        Digest digest = Digest.sha256(blob);
        repository.blobs().push(digest, BlobSource.of(blob));
        assertThat(trips.of(() -> {
                    try (BlobContent content = repository.blobs().open(digest, ByteRange.all())) {
                        assertThat(content.stream().readAllBytes()).isEqualTo(blob);
                    }
                }))
                .isEqualTo(1);
        byte[] image = image(30);
        send("PUT", "/v2/" + NAME + "/manifests/pulled", image);
        assertThat(trips.of(() -> repository.manifests().get(Tag.parse("pulled"))))
                .isLessThanOrEqualTo(3);
        assertThat(trips.of(() -> repository.manifests().get(Digest.sha256(image))))
                .isLessThanOrEqualTo(2);
    }

    private int pushing(int seed, int size) throws Exception {
        byte[] blob = random(seed, size);
        return trips.of(() -> repository.blobs().push(Digest.sha256(blob), BlobSource.of(blob)));
    }

    /** Pushes five layers and a config, and returns their manifest. */
    private byte[] image(int seed) {
        String layers = IntStream.range(0, LAYERS)
                .mapToObj(i -> blob("application/vnd.oci.image.layer.v1.tar", random(100L + seed + i, 20_000 + i)))
                .collect(Collectors.joining(","));
        return """
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}""".formatted(
                        MediaTypes.OCI_MANIFEST,
                        blob(
                                "application/vnd.oci.image.config.v1+json",
                                ("{\"seed\":" + seed + "}").getBytes(StandardCharsets.UTF_8)),
                        layers)
                .getBytes(StandardCharsets.UTF_8);
    }

    private String blob(String mediaType, byte[] bytes) {
        Digest digest = repository
                .blobs()
                .push(Digest.sha256(bytes), BlobSource.of(bytes))
                .digest();
        return """
                {"mediaType":"%s","digest":"%s","size":%d}""".formatted(mediaType, digest, bytes.length);
    }

    private static String uploads() {
        return "/v2/" + NAME + "/blobs/uploads/";
    }

    private void put(URI upload, byte[] body, byte[] blob) throws IOException, InterruptedException {
        String separator = upload.getQuery() == null ? "?" : "&";
        send("PUT", upload + separator + "digest=" + Digest.sha256(blob), body);
    }

    private URI send(String method, String address, byte[] body) throws IOException, InterruptedException {
        URI uri = server.uri().resolve(address);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .header(
                        "Content-Type",
                        address.contains("/manifests/") ? MediaTypes.OCI_MANIFEST : "application/octet-stream");
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201, 202);
        return uri.resolve(answer.headers().firstValue("Location").orElse(""));
    }
}
