package dev.berth.registry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Registries that do not support a feature, beside one that does. */
class UnsupportedFeatureTest {
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);
    private static final Digest BLOB = Digest.sha256(CONTENT);

    private final TestRegistry registry = TestRegistry.start();
    private final Client client = new Client(registry);
    private final Descriptor image = registry.push("app:1.0", TestImages.empty());

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void withoutReferrersTheirAddressIsUnknownAndSubjectsAreNotProcessed() throws Exception {
        String referrers = "/v2/app/referrers/" + image.digest();
        assertThat(client.get(referrers).statusCode()).isEqualTo(200);
        assertThat(pushWithSubject().headers().firstValue("OCI-Subject")).isPresent();

        registry.inject(Fault.without(Feature.REFERRERS));

        assertThat(client.get(referrers).statusCode()).isEqualTo(404);
        HttpResponse<byte[]> pushed = pushWithSubject();
        assertThat(pushed.statusCode()).isEqualTo(201);
        assertThat(pushed.headers().firstValue("OCI-Subject")).isEmpty();
    }

    private HttpResponse<byte[]> pushWithSubject() throws Exception {
        Descriptor config = registry.registry()
                .repository(RepositoryName.parse("app"))
                .blobs()
                .push(Digest.sha256("{}".getBytes(StandardCharsets.US_ASCII)), BlobSource.of(new byte[] {'{', '}'}));
        String manifest = """
                {"schemaVersion":2,"mediaType":"%s","artifactType":"application/vnd.example",
                "config":{"mediaType":"%s","digest":"%s","size":2},"layers":[],
                "subject":{"mediaType":"%s","digest":"%s","size":%d}}""".formatted(
                        MediaTypes.OCI_MANIFEST,
                        MediaTypes.OCI_EMPTY,
                        config.digest(),
                        MediaTypes.OCI_MANIFEST,
                        image.digest(),
                        image.size());
        URI target = registry.uri()
                .resolve("/v2/app/manifests/" + Digest.sha256(manifest.getBytes(StandardCharsets.US_ASCII)));
        return client.http()
                .send(
                        HttpRequest.newBuilder(target)
                                .header("Content-Type", MediaTypes.OCI_MANIFEST)
                                .PUT(BodyPublishers.ofString(manifest))
                                .build(),
                        BodyHandlers.ofByteArray());
    }

    @Test
    void withoutMountsAnUploadBegins() throws Exception {
        registry.registry().repository(RepositoryName.parse("app")).blobs().push(BLOB, BlobSource.of(CONTENT));
        String mount = "/v2/other/blobs/uploads/?mount=" + BLOB + "&from=app";
        registry.inject(Fault.without(Feature.MOUNT));

        HttpResponse<byte[]> answer = client.send("POST", mount);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).contains("/v2/other/blobs/uploads/");
        registry.clearFaults();
        assertThat(client.send("POST", mount).statusCode()).isEqualTo(201);
    }

    @Test
    void withoutDeletionManifestsAndTagsStayAndUploadsCanBeCancelled() throws Exception {
        registry.inject(Fault.without(Feature.DELETE));

        HttpResponse<byte[]> answer = client.send("DELETE", "/v2/app/manifests/1.0");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, PUT");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("UNSUPPORTED");
        assertThat(client.get("/v2/app/manifests/1.0").statusCode()).isEqualTo(200);
        assertThat(client.send("DELETE", startUpload()).statusCode()).isEqualTo(204);
        registry.clearFaults();
        assertThat(client.send("DELETE", "/v2/app/manifests/1.0").statusCode()).isEqualTo(202);
    }

    @Test
    void withoutChunkedUploadsABlobIsPushedInOne() throws Exception {
        registry.inject(Fault.without(Feature.CHUNKED_UPLOAD));
        String upload = startUpload();

        assertThat(upload("PATCH", upload).statusCode()).isEqualTo(405);
        assertThat(upload("PUT", upload + (upload.contains("?") ? "&" : "?") + "digest=" + BLOB)
                        .statusCode())
                .isEqualTo(201);
        registry.clearFaults();
        assertThat(upload("PATCH", startUpload()).statusCode()).isEqualTo(202);
    }

    /** Such a registry wants the digest of a layer first. */
    @Test
    void withoutChunkedUploadsImagesCanStillBeBuilt() {
        registry.inject(Fault.without(Feature.CHUNKED_UPLOAD));
        try (RemoteRegistry remote =
                RemoteRegistry.at(registry.reference("app").registry(), RemoteOptions.defaults())) {
            Descriptor built = TestImages.withFiles(Map.of("a", "b"))
                    .pushTo(remote, RepositoryName.parse("built"), Tag.parse("1"));

            RegistryAssertions.assertThat(registry).hasTag("built", "1").withDigest(built.digest());
        }
    }

    @Test
    void withoutRangesTheWholeIsSent() throws Exception {
        registry.registry().repository(RepositoryName.parse("app")).blobs().push(BLOB, BlobSource.of(CONTENT));
        String path = "/v2/app/blobs/" + BLOB;
        assertThat(client.get(path, "Range", "bytes=2-3").statusCode()).isEqualTo(206);

        registry.inject(Fault.without(Feature.RANGE));
        HttpResponse<byte[]> answer = client.get(path, "Range", "bytes=2-3");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Accept-Ranges")).isEmpty();
        assertThat(answer.body()).isEqualTo(CONTENT);
    }

    private String startUpload() throws Exception {
        return client.send("POST", "/v2/app/blobs/uploads/")
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private HttpResponse<byte[]> upload(String method, String target) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(registry.uri().resolve(target))
                .header("Content-Type", "application/octet-stream")
                .method(method, BodyPublishers.ofByteArray(CONTENT))
                .build();
        return client.http().send(request, BodyHandlers.ofByteArray());
    }
}
