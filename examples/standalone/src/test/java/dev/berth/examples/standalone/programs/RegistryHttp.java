package dev.berth.examples.standalone.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.Json;
import dev.berth.examples.standalone.content.TestImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A minimal client of the registry's HTTP API. Thread-safe. */
public final class RegistryHttp {
    public static final String ANY_MANIFEST = String.join(
            ", ",
            TestImage.MANIFEST,
            TestImage.INDEX,
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json");

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>;\\s*rel=\"?next\"?");

    private final URI base;
    private final HttpClient client;

    public RegistryHttp(URI base) {
        this(base, HttpClient.newBuilder());
    }

    public RegistryHttp(URI base, HttpClient.Builder client) {
        this.base = base;
        this.client = client.version(HttpClient.Version.HTTP_1_1).build();
    }

    public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send("GET", path, BodyPublishers.noBody());
    }

    public HttpResponse<byte[]> head(String path) throws IOException, InterruptedException {
        return send("HEAD", path, BodyPublishers.noBody());
    }

    public HttpResponse<byte[]> delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    /**
     * Sends any request.
     *
     * @param headers name, value, name, value
     */
    public HttpResponse<byte[]> send(String method, String path, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        return client.send(request(method, path, body, headers), BodyHandlers.ofByteArray());
    }

    /** Builds a request without sending it. */
    public HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).method(method, body).timeout(Duration.ofMinutes(2));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    public HttpClient client() {
        return client;
    }

    /** Starts an upload and returns its location. */
    public String startUpload(String repository) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send("POST", "/v2/" + repository + "/blobs/uploads/", BodyPublishers.noBody());
        expect(202, response);
        return location(response);
    }

    /** Pushes a blob in a single PUT. */
    public void pushBlob(String repository, Content content, String algorithm)
            throws IOException, InterruptedException {
        String location = startUpload(repository);
        HttpResponse<byte[]> response = send(
                "PUT",
                closing(location, content.digest(algorithm)),
                BodyPublishers.ofByteArray(content.bytes()),
                "Content-Type",
                "application/octet-stream");
        expect(201, response);
    }

    public void pushManifest(String repository, String reference, Content manifest)
            throws IOException, InterruptedException {
        expect(201, putManifest(repository, reference, manifest));
    }

    public HttpResponse<byte[]> putManifest(String repository, String reference, Content manifest)
            throws IOException, InterruptedException {
        return send(
                "PUT",
                "/v2/" + repository + "/manifests/" + reference,
                BodyPublishers.ofByteArray(manifest.bytes()),
                "Content-Type",
                manifest.mediaType());
    }

    /** Pushes an image whose manifest uses digests of an algorithm. */
    public void pushImage(String repository, String tag, TestImage image, String algorithm)
            throws IOException, InterruptedException {
        for (Content blob : image.blobs()) {
            pushBlob(repository, blob, algorithm);
        }
        pushManifest(repository, tag, image.manifest());
    }

    public void pushImage(String repository, String tag, TestImage image) throws IOException, InterruptedException {
        pushImage(repository, tag, image, "sha256");
    }

    public HttpResponse<byte[]> getManifest(String repository, String reference)
            throws IOException, InterruptedException {
        return send(
                "GET",
                "/v2/" + repository + "/manifests/" + reference,
                BodyPublishers.noBody(),
                "Accept",
                ANY_MANIFEST);
    }

    public HttpResponse<byte[]> getBlob(String repository, String digest) throws IOException, InterruptedException {
        return get("/v2/" + repository + "/blobs/" + digest);
    }

    /** Expects an unchanged image under its tag, its digest and the digests of its blobs. */
    public void expectImage(String repository, String tag, TestImage image, String algorithm)
            throws IOException, InterruptedException {
        expectManifest(repository, tag, image.manifest());
        expectManifest(repository, image.manifest().digest(), image.manifest());
        for (Content blob : image.blobs()) {
            expectBlob(repository, blob, algorithm);
        }
    }

    public void expectImage(String repository, String tag, TestImage image) throws IOException, InterruptedException {
        expectImage(repository, tag, image, "sha256");
    }

    public void expectManifest(String repository, String reference, Content manifest)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = getManifest(repository, reference);
        expect(200, response);
        assertThat(response.body()).as("%s:%s", repository, reference).isEqualTo(manifest.bytes());
        assertThat(response.headers().firstValue("Content-Type")).contains(manifest.mediaType());
    }

    public void expectBlob(String repository, Content blob, String algorithm) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = getBlob(repository, blob.digest(algorithm));
        expect(200, response);
        assertThat(response.body()).as("%s of %s", blob, repository).isEqualTo(blob.bytes());
    }

    public List<String> tags(String repository) throws IOException, InterruptedException {
        return pages("/v2/" + repository + "/tags/list?n=7", "tags");
    }

    public List<String> catalog() throws IOException, InterruptedException {
        return pages("/v2/_catalog?n=7", "repositories");
    }

    private List<String> pages(String first, String field) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        Optional<String> page = Optional.of(first);
        while (page.isPresent()) {
            HttpResponse<byte[]> response = get(page.get());
            expect(200, response);
            all.addAll(Json.strings(response.body(), field));
            page = response.headers()
                    .firstValue("Link")
                    .map(NEXT::matcher)
                    .filter(Matcher::find)
                    .map(m -> m.group(1));
        }
        return all;
    }

    /** Returns the number of bytes received so far. Registries report zero bytes as {@code 0-0}. */
    public static int received(HttpResponse<?> response) {
        String range = response.headers().firstValue("Range").orElseThrow();
        int last = Integer.parseInt(range.substring(range.indexOf('-') + 1));
        return last == 0 ? 0 : last + 1;
    }

    /** Returns the Location of a response without scheme and host, so that it stays valid after a restart. */
    public static String location(HttpResponse<?> response) {
        URI location =
                response.uri().resolve(response.headers().firstValue("Location").orElseThrow());
        return location.getRawPath() + (location.getRawQuery() == null ? "" : "?" + location.getRawQuery());
    }

    /** Returns the address that completes an upload. */
    public static String closing(String location, String digest) {
        return location + (location.contains("?") ? "&" : "?") + "digest=" + digest;
    }

    public static void expect(int status, HttpResponse<byte[]> response) {
        assertThat(response.statusCode())
                .as("%s %s: %s", response.request().method(), response.uri(), new Content("", response.body()).text())
                .isEqualTo(status);
    }
}
