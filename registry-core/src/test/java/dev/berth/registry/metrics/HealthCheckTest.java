package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthCheckTest {
    private static final Duration SECONDS = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void aStoreThatIsClosedIsNotHealthy() throws Exception {
        ObjectStore store = MemoryObjectStore.create();
        HealthCheck.store(store).check();
        store.close();
        assertThatIOException().isThrownBy(() -> HealthCheck.store(store).check());
    }

    @Test
    void aDiskNeedsRoom() throws Exception {
        HealthCheck.room(directory, 1).check();
        assertThatExceptionOfType(UnhealthyException.class)
                .isThrownBy(() -> HealthCheck.room(directory, Long.MAX_VALUE).check())
                .withMessage("The disk is nearly full");
    }

    @Test
    void aFileTakesTheServerOutOfService() throws Exception {
        Path file = directory.resolve("down");
        HealthCheck.file(file).check();
        Files.createFile(file);
        assertThatExceptionOfType(UnhealthyException.class)
                .isThrownBy(() -> HealthCheck.file(file).check())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("down"));
    }

    @Test
    void aServerIsConnectedTo() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            HealthCheck.tcp("localhost", port, SECONDS).check();
        }
        assertThatExceptionOfType(UnhealthyException.class)
                .isThrownBy(() -> HealthCheck.tcp("localhost", port, SECONDS).check());
    }

    @Test
    void aServerAnswersWithTheStatus() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (RegistryServer server = RegistryServer.builder(StorageRegistry.over(MemoryObjectStore.create()))
                .route("/moved", request -> {
                    seen.add(request.method() + " " + request.header("X-Probe").orElse("none"));
                    return RegistryResponse.builder(302)
                            .header("Location", "/v2/")
                            .build();
                })
                .build()
                .start()) {
            URI uri = server.uri().resolve("/moved");
            HttpCheck moved = HttpCheck.of(uri).withHeader("X-Probe", "berth").within(SECONDS);
            moved.expecting(302).check();
            assertThatExceptionOfType(UnhealthyException.class)
                    .isThrownBy(moved::check)
                    .withMessage("The server answered 302 instead of 200");
            HttpCheck.of(server.uri().resolve("/v2/")).check();
        }
        assertThat(seen).containsExactly("HEAD berth", "HEAD berth");
    }

    @Test
    void aServerThatDoesNotAnswerIsNotWaitedForForever() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("http://localhost:" + silent.getLocalPort() + "/");
            assertThatIOException()
                    .isThrownBy(() ->
                            HttpCheck.of(uri).within(Duration.ofMillis(50)).check());
        }
    }

    @Test
    void onlyHttpIsChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> HttpCheck.of(URI.create("file:///etc/passwd")));
        assertThatIllegalArgumentException().isThrownBy(() -> HttpCheck.of(URI.create("http:relative")));
        assertThatCode(() -> HttpCheck.of(URI.create("https://hooks.example/"))).doesNotThrowAnyException();
        assertThat(HttpCheck.of(URI.create("https://user:secret@hooks.example/?token=1")))
                .hasToString("HttpCheck[hooks.example]");
    }
}
