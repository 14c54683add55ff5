package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.GeneratedContent;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Pushes and pulls blobs that are larger than memory. */
final class LargeBlobs {
    private static final String OCTETS = "application/octet-stream";
    private static final Duration TIMEOUT = Duration.ofMinutes(20);

    private final RegistryHttp registry;

    LargeBlobs(RegistryHttp registry) {
        this.registry = registry;
    }

    /** Pushes with one chunked PATCH and an empty PUT, like Docker. */
    void uploadStreamed(String repository, GeneratedContent content, String digest)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> patched =
                send("PATCH", registry.startUpload(repository), BodyPublishers.ofInputStream(content::stream));
        RegistryHttp.expect(202, patched);
        String closing = RegistryHttp.closing(RegistryHttp.location(patched), digest);
        RegistryHttp.expect(201, send("PUT", closing, BodyPublishers.noBody()));
    }

    /** Pushes with a single PUT of known length. */
    void uploadWhole(String repository, GeneratedContent content, String digest)
            throws IOException, InterruptedException {
        BodyPublisher body =
                BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(content::stream), content.size());
        String closing = RegistryHttp.closing(registry.startUpload(repository), digest);
        RegistryHttp.expect(201, send("PUT", closing, body));
    }

    private HttpResponse<byte[]> send(String method, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        return registry.client()
                .send(
                        withTimeout(registry.request(method, path, body, "Content-Type", OCTETS)),
                        BodyHandlers.ofByteArray());
    }

    private static HttpRequest withTimeout(HttpRequest request) {
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .timeout(TIMEOUT)
                .build();
    }

    /** Opens a blob, which must exist. */
    HttpResponse<InputStream> open(String repository, String digest) throws IOException, InterruptedException {
        String path = "/v2/" + repository + "/blobs/" + digest;
        HttpResponse<InputStream> response = registry.client()
                .send(
                        withTimeout(registry.request("GET", path, BodyPublishers.noBody())),
                        BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }

    /** Pulls a blob and compares it byte by byte. */
    void expectBlob(String repository, GeneratedContent content, String digest)
            throws IOException, InterruptedException {
        try (InputStream body = open(repository, digest).body()) {
            content.expect(body);
        }
    }
}
