package dev.berth.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes through berth.jar is much larger than its heap. */
class HeapIT {
    private static final String OCTETS = "application/octet-stream";

    @TempDir
    Path storage;

    @Test
    void aBlobOf1GiBGoesUpAndDownWithAHeapOf64MiB() throws IOException, InterruptedException {
        GeneratedContent content = new GeneratedContent(1, 1L << 30);
        String digest = content.digest();
        try (BerthProcess berth = BerthCommand.serve(storage).heap("64m").start()) {
            RegistryHttp registry = berth.http();

            uploadStreamed(registry, "big/streamed", content, digest);
            expectBlob(registry, "big/streamed", content, digest);
            uploadWhole(registry, "big/whole", content, digest);
            expectBlob(registry, "big/whole", content, digest);

            expectHealthy(berth);
        }
    }

    @Test
    void sixtyFourClientsPullABlobOf100MBAtOnceWithAHeapOf128MiB() throws Exception {
        int clients = 64;
        GeneratedContent content = new GeneratedContent(2, 100_000_000);
        String digest = content.digest();
        try (BerthProcess berth = BerthCommand.serve(storage).heap("128m").start()) {
            RegistryHttp registry = berth.http();
            uploadWhole(registry, "big/shared", content, digest);

            CyclicBarrier everyoneHasAnAnswer = new CyclicBarrier(clients);
            ExecutorService threads = Executors.newFixedThreadPool(clients);
            try {
                List<Future<?>> pulls = new ArrayList<>();
                for (int i = 0; i < clients; i++) {
                    pulls.add(threads.submit(() -> {
                        HttpResponse<InputStream> answer = open(registry, "big/shared", digest);
                        everyoneHasAnAnswer.await(2, TimeUnit.MINUTES);
                        expectContent(answer, content);
                        return null;
                    }));
                }
                for (Future<?> pull : pulls) {
                    pull.get(5, TimeUnit.MINUTES);
                }
            } finally {
                threads.shutdownNow();
            }

            expectHealthy(berth);
        }
    }

    /** One PATCH without a length, and an empty PUT. */
    private static void uploadStreamed(
            RegistryHttp registry, String repository, GeneratedContent content, String digest)
            throws IOException, InterruptedException {
        BodyPublisher body = BodyPublishers.ofInputStream(content::stream);
        HttpResponse<byte[]> patched =
                registry.send("PATCH", registry.startUpload(repository), body, "Content-Type", OCTETS);
        RegistryHttp.expect(202, patched);
        String closing = RegistryHttp.closing(RegistryHttp.location(patched), digest);
        RegistryHttp.expect(201, registry.send("PUT", closing, BodyPublishers.noBody()));
    }

    /** One PUT with a length. */
    private static void uploadWhole(RegistryHttp registry, String repository, GeneratedContent content, String digest)
            throws IOException, InterruptedException {
        BodyPublisher body =
                BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(content::stream), content.size());
        String closing = RegistryHttp.closing(registry.startUpload(repository), digest);
        RegistryHttp.expect(201, registry.send("PUT", closing, body, "Content-Type", OCTETS));
    }

    private static void expectBlob(RegistryHttp registry, String repository, GeneratedContent content, String digest)
            throws IOException, InterruptedException {
        expectContent(open(registry, repository, digest), content);
    }

    private static HttpResponse<InputStream> open(RegistryHttp registry, String repository, String digest)
            throws IOException, InterruptedException {
        String path = "/v2/" + repository + "/blobs/" + digest;
        HttpResponse<InputStream> answer = registry.client()
                .send(registry.request("GET", path, BodyPublishers.noBody()), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    private static void expectContent(HttpResponse<InputStream> answer, GeneratedContent content) throws IOException {
        try (InputStream body = answer.body()) {
            content.expect(body);
        }
    }

    private static void expectHealthy(BerthProcess berth) throws IOException, InterruptedException {
        RegistryHttp.expect(200, berth.http().get("/v2/"));
        ChildProcess.Outcome outcome = berth.stop();
        assertThat(outcome.out() + outcome.err()).doesNotContain("OutOfMemoryError");
    }
}
