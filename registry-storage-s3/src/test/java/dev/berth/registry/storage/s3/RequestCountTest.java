package dev.berth.registry.storage.s3;

import static dev.berth.registry.storage.s3.RandomBytes.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.UploadId;
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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What requests of clients cost in requests to S3. The numbers stand in the description of this package. That they do
 * not grow with the registry is seen by asking for the same in an almost empty repository and in one that many others,
 * and many tags, have come to.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestCountTest {
    private static final Tag TAG = Tag.parse("latest");
    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);

    private final Requests requests = new Requests();
    private final byte[] layer = random(1, 100_000);
    private S3ObjectStore store;
    private Registry registry;
    private Repository repository;
    private Manifest image;

    @BeforeAll
    void open() throws IOException {
        store = S3Proxy.get().store(Gateway.newPrefix(), requests);
        // Time stands still, since every ten seconds one request more is sent.
        registry = StorageRegistry.over(
                store, StorageOptions.builder().clock(() -> Instant.EPOCH).build());
        repository = registry.repository(RepositoryName.parse("library/app"));
        image = push(repository, layer);
    }

    @AfterAll
    void close() {
        registry.close();
        store.close();
    }

    private static Manifest push(Repository to, byte[] layer) {
        Manifest manifest = imageOf(List.of(pushBlob(to, layer)));
        pushBlob(to, CONFIG);
        to.manifests().put(manifest, TAG);
        return manifest;
    }

    private static Descriptor pushBlob(Repository to, byte[] blob) {
        return to.blobs().push(Digest.sha256(blob), BlobSource.of(blob));
    }

    private static Manifest imageOf(List<Descriptor> layers) {
        String listed = layers.stream()
                .map(layer -> """
                        {"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%d}""".formatted(layer.digest(), layer.size()))
                .collect(Collectors.joining(","));
        String text = """
                {"schemaVersion":2,"mediaType":"%s",\
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},\
                "layers":[%s]}""".formatted(MediaTypes.OCI_MANIFEST, Digest.sha256(CONFIG), CONFIG.length, listed);
        return Manifest.of(MediaTypes.OCI_MANIFEST, text.getBytes(StandardCharsets.UTF_8));
    }

    private interface Call {
        void run() throws IOException;
    }

    /** Returns what a call sends, once the registry knows what it asks for only now and then. */
    private List<String> cost(Call call) throws IOException {
        call.run();
        requests.take();
        call.run();
        return requests.take();
    }

    @Test
    void readingAndPushingCostTheSameInALargeRegistry() throws IOException {
        assertReadingCosts();
        assertPushingCosts(10);
        enlarge();
        assertReadingCosts();
        assertPushingCosts(20);
    }

    private void enlarge() {
        for (int i = 0; i < 20; i++) {
            repository.tags().put(Tag.parse("v" + i), image.digest());
        }
        for (int i = 0; i < 10; i++) {
            push(registry.repository(RepositoryName.parse("library/v" + i)), layer);
        }
    }

    private void assertReadingCosts() throws IOException {
        Digest digest = Digest.sha256(layer);
        assertThat(Requests.operations(cost(() -> repository.blobs().find(digest))))
                // The link, the data, and whether a collection is about to remove it.
                .containsExactlyInAnyOrder("GetObject", "GetObject", "HeadObject");
        assertThat(Requests.operations(cost(() -> {
                    try (BlobContent content = repository.blobs().open(digest, ByteRange.all())) {
                        assertThat(content.stream().readAllBytes()).isEqualTo(layer);
                    }
                })))
                .containsExactly("GetObject", "GetObject");
        // The bytes of a manifest are kept: only whether the data is there is asked.
        assertThat(Requests.operations(cost(() -> repository.manifests().get(TAG))))
                .containsExactly("GetObject", "GetObject", "HeadObject");
        assertThat(Requests.operations(cost(() -> repository.manifests().get(image.digest()))))
                .containsExactly("GetObject", "HeadObject");
        assertThat(Requests.operations(
                        cost(() -> repository.tags().list().limit(10).toList())))
                .containsExactly("ListObjectsV2");
        assertThat(Requests.operations(
                        cost(() -> registry.repositories().limit(10).toList())))
                .containsExactly("ListObjectsV2");
    }

    private void assertPushingCosts(int seed) throws IOException {
        requests.take();
        pushBlob(repository, random(seed, 1000));
        assertThat(Requests.operations(requests.take()))
                // What is looked for is asked by other threads, which may be late.
                .containsExactlyInAnyOrder(
                        "GetObject", "GetObject", "PutObject", "PutObject", "PutObject", "PutObject");
        pushBlob(repository, random(seed, 100_000));
        assertThat(Requests.operations(requests.take()))
                // The mark is read while the bytes are written.
                .containsExactlyInAnyOrder("GetObject", "PutObject", "PutObject", "PutObject", "PutObject");

        for (int layers = 1; layers <= 3; layers++) {
            Manifest fresh = imageOf(layers, seed);
            assertThat(costOfPushing(fresh)).as("%s layers, no tag", layers).isEqualTo(13 + 4 * (layers + 1));
            Manifest another = imageOf(layers, seed + 1);
            assertThat(costOfPushing(another, Tag.parse("a" + seed), Tag.parse("b" + seed)))
                    .as("%s layers, two tags", layers)
                    .isEqualTo(13 + 4 * (layers + 1) + 5 * 2);
        }
    }

    private int costOfPushing(Manifest manifest, Tag... tags) {
        requests.take();
        repository.manifests().put(manifest, tags);
        return requests.take().size();
    }

    /** Pushes all that an image refers to, and returns its manifest. */
    private Manifest imageOf(int layers, int seed) {
        return imageOf(IntStream.range(0, layers)
                .mapToObj(i -> pushBlob(repository, random(1000L * seed + 10 * layers + i, 100 + i)))
                .toList());
    }

    @Test
    void checkingHealthIsOneRequest() throws IOException {
        requests.take();
        store.checkHealth();
        assertThat(Requests.operations(requests.take())).containsExactly("ListObjectsV2");
    }

    @Test
    void pushingABlobInThreeRequestsOnThreeNodesReadsNoByteBack() throws IOException {
        String prefix = Gateway.newPrefix();
        byte[] blob = random(2, 12 * 1024 * 1024 + 345);
        try (S3ObjectStore first = S3Proxy.get().store(prefix, requests);
                S3ObjectStore second = S3Proxy.get().store(prefix, requests);
                S3ObjectStore third = S3Proxy.get().store(prefix, requests)) {
            RepositoryName name = RepositoryName.parse("library/app");
            UploadId id;
            try (BlobUpload upload =
                    StorageRegistry.over(first).repository(name).blobs().startUpload()) {
                id = upload.id();
            }
            try (BlobUpload upload =
                    StorageRegistry.over(second).repository(name).blobs().resumeUpload(id)) {
                upload.append(0, BlobSource.of(blob));
                id = upload.id();
            }
            try (BlobUpload upload =
                    StorageRegistry.over(third).repository(name).blobs().resumeUpload(id)) {
                upload.commit(Digest.sha256(blob));
            }
            List<String> sent = requests.take();
            assertThat(sent)
                    .noneMatch(request -> request.startsWith("GetObject")
                            && (request.contains("/segments/") || request.contains("/chunks/")));
            assertThat(Requests.operations(sent)).containsOnlyOnce("CopyObject").contains("UploadPart");
            try (BlobContent content =
                    StorageRegistry.over(first).repository(name).blobs().open(Digest.sha256(blob), ByteRange.all())) {
                assertThat(content.stream().readAllBytes()).isEqualTo(blob);
            }
            requests.take();
        }
    }

    @Test
    void aChunkOverHttpCostsTwoRequestsToKeepItAndThreeForItsHash() throws Exception {
        byte[] blob = random(3, 5 * 1024);
        try (RegistryServer server =
                RegistryServer.builder(registry).listen("127.0.0.1", 0).build().start()) {
            HttpClient client = HttpClient.newHttpClient();
            requests.take();
            URI location =
                    send(client, server.uri().resolve("/v2/library/app/blobs/uploads/"), "POST", new byte[0], "");
            assertThat(Requests.operations(requests.take())).containsExactly("PutObject");
            for (int i = 0; i < 5; i++) {
                location = send(
                        client,
                        location,
                        "PATCH",
                        Arrays.copyOfRange(blob, i * 1024, (i + 1) * 1024),
                        i * 1024 + "-" + (i * 1024 + 1023));
                // The first one begins to stage, the others look what is staged.
                assertThat(Requests.operations(requests.take()))
                        .containsExactly(
                                "GetObject", i == 0 ? "PutObject" : "GetObject", "PutObject", "PutObject", "PutObject");
            }
            URI end =
                    URI.create(location + (location.getQuery() == null ? "?" : "&") + "digest=" + Digest.sha256(blob));
            send(client, end, "PUT", new byte[0], "");
            assertThat(repository.blobs().find(Digest.sha256(blob))).isPresent();
        }
    }

    private static URI send(HttpClient client, URI address, String method, byte[] body, String range)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (!range.isEmpty()) {
            request.header("Content-Range", range);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(201, 202);
        return address.resolve(answer.headers().firstValue("Location").orElseThrow());
    }
}
