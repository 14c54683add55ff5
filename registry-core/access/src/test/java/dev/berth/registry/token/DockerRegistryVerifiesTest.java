package dev.berth.registry.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** docker-registry accepts the tokens of the token service, by the certificates that the service gives. */
class DockerRegistryVerifiesTest {
    private static final String CONFIGURATION = """
            version: 0.1
            log: {level: error, accesslog: {disabled: true}}
            storage: {inmemory: {}}
            http: {addr: "127.0.0.1:%d", secret: x}
            auth:
              token: {realm: "http://%s/token", service: registry.test, issuer: registry.test, rootcertbundle: %s}
            """;

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    private int status(String method, int port, String path, String token) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitStart(int port, Process process) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (true) {
            try {
                status("GET", port, "/v2/", "none");
                return;
            } catch (IOException e) {
                assertThat(process.isAlive()).as("docker-registry runs").isTrue();
                assertThat(Instant.now()).as("docker-registry has started").isBefore(end);
                process.waitFor(20, java.util.concurrent.TimeUnit.MILLISECONDS);
            }
        }
    }

    @Test
    @Timeout(60)
    void acceptsTheTokens() throws IOException, InterruptedException {
        Programs.require("docker-registry");
        try (PrivateRegistry there = new PrivateRegistry(directory)) {
            // An older key is still in the bundle, and a newer one signs.
            there.keys.set(
                    java.util.List.of(SigningKey.generate(), there.keys.get().get(0)));
            HttpResponse<String> bundle = there.get("/token/certificates");
            assertThat(bundle.statusCode()).isEqualTo(200);
            int port = freePort();
            Path certificates = Files.writeString(directory.resolve("bundle.pem"), bundle.body());
            Path configuration = Files.writeString(
                    directory.resolve("config.yml"), CONFIGURATION.formatted(port, there.host(), certificates));
            Process process = new ProcessBuilder("docker-registry", "serve", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            try {
                awaitStart(port, process);
                String token = there.token("alice", "alice's", "repository:alice/app:pull,push");
                String reader = there.token("alice", "alice's", "repository:alice/app:pull");
                assertThat(status("POST", port, "/v2/alice/app/blobs/uploads/", token))
                        .as("%s", Files.readString(directory.resolve("log")))
                        .isEqualTo(202);
                assertThat(status("POST", port, "/v2/alice/app/blobs/uploads/", reader))
                        .isEqualTo(401);
                assertThat(status("GET", port, "/v2/alice/app/manifests/1", reader))
                        .isEqualTo(404);
                assertThat(status("GET", port, "/v2/alice/other/manifests/1", reader))
                        .isEqualTo(401);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
