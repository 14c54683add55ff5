package dev.berth.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Blobs that nobody holds in memory, on their way into a registry and out of it. */
final class LargeBlobs {
    private static final String OCTETS = "application/octet-stream";
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final RegistryHttp registry;

    LargeBlobs(RegistryHttp registry) {
        this.registry = registry;
    }

    /** One PATCH without a length, and an empty PUT: what Docker does. */
    void uploadStreamed(String repository, GeneratedContent content, String digest)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> patched =
                send("PATCH", registry.startUpload(repository), BodyPublishers.ofInputStream(content::stream));
        RegistryHttp.expect(202, patched);
        String closing = RegistryHttp.closing(RegistryHttp.location(patched), digest);
        RegistryHttp.expect(201, send("PUT", closing, BodyPublishers.noBody()));
    }

    /** One PUT with a length. */
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
                        patient(registry.request(method, path, body, "Content-Type", OCTETS)),
                        BodyHandlers.ofByteArray());
    }

    private static HttpRequest patient(HttpRequest request) {
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .timeout(PATIENCE)
                .build();
    }

    /** Opens a blob, which has to be there. */
    HttpResponse<InputStream> open(String repository, String digest) throws IOException, InterruptedException {
        String path = "/v2/" + repository + "/blobs/" + digest;
        HttpResponse<InputStream> answer = registry.client()
                .send(patient(registry.request("GET", path, BodyPublishers.noBody())), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    /** Pulls a blob and compares it, byte by byte. */
    void expectBlob(String repository, GeneratedContent content, String digest)
            throws IOException, InterruptedException {
        try (InputStream body = open(repository, digest).body()) {
            content.expect(body);
        }
    }
}
