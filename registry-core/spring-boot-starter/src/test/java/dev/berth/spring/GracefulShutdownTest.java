package dev.berth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that ends while somebody pushes. */
class GracefulShutdownTest {
    private static final byte[] BLOB = "the content of a blob".repeat(1_000).getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    @Test
    void aPushInProgressIsFinishedBeforeTheRegistryEnds() throws Exception {
        Digest digest = Digest.sha256(BLOB);
        String[] properties = {
            "berth.storage.directory=" + directory,
            "server.shutdown=graceful",
            "spring.lifecycle.timeout-per-shutdown-phase=30s"
        };
        Application application = Application.start(PlainApplication.class, properties);
        URI upload = application
                .uri("/")
                .resolve(Application.send(application
                                .request("/v2/team/app/blobs/uploads/")
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        .headers()
                        .firstValue("Location")
                        .orElseThrow());
        try (Socket socket = new Socket("127.0.0.1", upload.getPort())) {
            OutputStream output = socket.getOutputStream();
            BufferedReader input =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String separator = upload.getRawQuery() == null ? "?" : "?" + upload.getRawQuery() + "&";
            output.write(("PUT " + upload.getRawPath() + separator + "digest=" + digest + " HTTP/1.1\r\nHost: "
                            + application.address() + "\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                            + BLOB.length + "\r\nExpect: 100-continue\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            output.flush();
            assertThat(input.readLine()).as("the registry reads").contains(" 100");
            output.write(BLOB, 0, BLOB.length / 2);
            output.flush();

            CompletableFuture<Void> closing = CompletableFuture.runAsync(application::close);
            while (isListening(upload.getPort())) {
                Thread.onSpinWait();
            }
            output.write(BLOB, BLOB.length / 2, BLOB.length - BLOB.length / 2);
            output.flush();

            assertThat(input.readLine()).isEmpty();
            assertThat(input.readLine()).contains(" 201");
            closing.get(30, TimeUnit.SECONDS);
        }
        try (Application later = Application.start(PlainApplication.class, properties)) {
            assertThat(later.get("/v2/team/app/blobs/" + digest).body()).hasSize(BLOB.length);
        }
    }

    private static boolean isListening(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }
}
