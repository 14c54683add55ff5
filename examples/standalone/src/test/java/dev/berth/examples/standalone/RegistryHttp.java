package dev.berth.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

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

/** A registry's HTTP API, as far as the tests speak it themselves. Thread-safe. */
final class RegistryHttp {
    static final String ANY_MANIFEST = String.join(
            ", ",
            TestImage.MANIFEST,
            TestImage.INDEX,
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json");

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>;\\s*rel=\"?next\"?");

    private final URI base;
    private final HttpClient client;

    RegistryHttp(URI base) {
        this(base, HttpClient.newBuilder());
    }

    RegistryHttp(URI base, HttpClient.Builder client) {
        this.base = base;
        this.client = client.version(HttpClient.Version.HTTP_1_1).build();
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send("GET", path, BodyPublishers.noBody());
    }

    HttpResponse<byte[]> head(String path) throws IOException, InterruptedException {
        return send("HEAD", path, BodyPublishers.noBody());
    }

    HttpResponse<byte[]> delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    /**
     * Sends any request.
     *
     * @param headers name, value, name, value
     */
    HttpResponse<byte[]> send(String method, String path, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        return client.send(request(method, path, body, headers), BodyHandlers.ofByteArray());
    }

    /** The request, for those who read the answer's body in their own way. */
    HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).method(method, body).timeout(Duration.ofMinutes(2));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    HttpClient client() {
        return client;
    }

    /** Starts an upload: where it goes on. */
    String startUpload(String repository) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send("POST", "/v2/" + repository + "/blobs/uploads/", BodyPublishers.noBody());
        expect(202, answer);
        return location(answer);
    }

    /** Uploads in one PUT, and expects that it is accepted. */
    void pushBlob(String repository, Content content, String algorithm) throws IOException, InterruptedException {
        String location = startUpload(repository);
        HttpResponse<byte[]> answer = send(
                "PUT",
                closing(location, content.digest(algorithm)),
                BodyPublishers.ofByteArray(content.bytes()),
                "Content-Type",
                "application/octet-stream");
        expect(201, answer);
    }

    void pushManifest(String repository, String reference, Content manifest) throws IOException, InterruptedException {
        expect(201, putManifest(repository, reference, manifest));
    }

    HttpResponse<byte[]> putManifest(String repository, String reference, Content manifest)
            throws IOException, InterruptedException {
        return send(
                "PUT",
                "/v2/" + repository + "/manifests/" + reference,
                BodyPublishers.ofByteArray(manifest.bytes()),
                "Content-Type",
                manifest.mediaType());
    }

    /** Pushes an image whose manifest names its parts by the given algorithm. */
    void pushImage(String repository, String tag, TestImage image, String algorithm)
            throws IOException, InterruptedException {
        for (Content blob : image.blobs()) {
            pushBlob(repository, blob, algorithm);
        }
        pushManifest(repository, tag, image.manifest());
    }

    void pushImage(String repository, String tag, TestImage image) throws IOException, InterruptedException {
        pushImage(repository, tag, image, "sha256");
    }

    HttpResponse<byte[]> getManifest(String repository, String reference) throws IOException, InterruptedException {
        return send(
                "GET",
                "/v2/" + repository + "/manifests/" + reference,
                BodyPublishers.noBody(),
                "Accept",
                ANY_MANIFEST);
    }

    HttpResponse<byte[]> getBlob(String repository, String digest) throws IOException, InterruptedException {
        return get("/v2/" + repository + "/blobs/" + digest);
    }

    /** Expects that an image is there, byte for byte, under a tag, its digest and the digests of its parts. */
    void expectImage(String repository, String tag, TestImage image, String algorithm)
            throws IOException, InterruptedException {
        expectManifest(repository, tag, image.manifest());
        expectManifest(repository, image.manifest().digest(), image.manifest());
        for (Content blob : image.blobs()) {
            expectBlob(repository, blob, algorithm);
        }
    }

    void expectImage(String repository, String tag, TestImage image) throws IOException, InterruptedException {
        expectImage(repository, tag, image, "sha256");
    }

    void expectManifest(String repository, String reference, Content manifest)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = getManifest(repository, reference);
        expect(200, answer);
        assertThat(answer.body()).as("%s:%s", repository, reference).isEqualTo(manifest.bytes());
        assertThat(answer.headers().firstValue("Content-Type")).contains(manifest.mediaType());
    }

    void expectBlob(String repository, Content blob, String algorithm) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = getBlob(repository, blob.digest(algorithm));
        expect(200, answer);
        assertThat(answer.body()).as("%s of %s", blob, repository).isEqualTo(blob.bytes());
    }

    List<String> tags(String repository) throws IOException, InterruptedException {
        return pages("/v2/" + repository + "/tags/list?n=7", "tags");
    }

    List<String> catalog() throws IOException, InterruptedException {
        return pages("/v2/_catalog?n=7", "repositories");
    }

    private List<String> pages(String first, String field) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        Optional<String> page = Optional.of(first);
        while (page.isPresent()) {
            HttpResponse<byte[]> answer = get(page.get());
            expect(200, answer);
            all.addAll(Json.strings(answer.body(), field));
            page = answer.headers()
                    .firstValue("Link")
                    .map(NEXT::matcher)
                    .filter(Matcher::find)
                    .map(m -> m.group(1));
        }
        return all;
    }

    /** How many bytes of an upload have arrived: everyone writes none as {@code 0-0}. */
    static int received(HttpResponse<?> answer) {
        String range = answer.headers().firstValue("Range").orElseThrow();
        int last = Integer.parseInt(range.substring(range.indexOf('-') + 1));
        return last == 0 ? 0 : last + 1;
    }

    /** Where an answer says that it goes on: path and query, which a server that is started again has, too. */
    static String location(HttpResponse<?> answer) {
        URI location =
                answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
        return location.getRawPath() + (location.getRawQuery() == null ? "" : "?" + location.getRawQuery());
    }

    /** The address that ends an upload. */
    static String closing(String location, String digest) {
        return location + (location.contains("?") ? "&" : "?") + "digest=" + digest;
    }

    static void expect(int status, HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode())
                .as("%s %s: %s", answer.request().method(), answer.uri(), new Content("", answer.body()).text())
                .isEqualTo(status);
    }
}
