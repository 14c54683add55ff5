package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code http.debug} shows metrics and health, and what {@code health} checks decides whether requests are served. */
@Tag("any-jdk")
class DiagnosticsIT {
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final TestImage image = TestImage.random(1, 1, 1000);

    @TempDir
    Path directory;

    private BerthCommand command(Path storage) {
        return BerthCommand.serve(storage)
                .with("REGISTRY_HTTP_DEBUG_ADDR", "127.0.0.1:0")
                .with("REGISTRY_HTTP_DEBUG_PROMETHEUS_ENABLED", "true");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static void awaitStatus(RegistryHttp http, String path, int status)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        HttpResponse<byte[]> response = http.get(path);
        while (response.statusCode() != status) {
            assertThat(System.nanoTime() - begin)
                    .as("%s answers %s: %s", path, response.statusCode(), text(response))
                    .isLessThan(TIMEOUT_NANOS);
            Thread.sleep(50);
            response = http.get(path);
        }
    }

    @Test
    void metricsPleasePromtool() throws IOException, InterruptedException {
        Programs.assumeInstalled("promtool");
        Path shown = directory.resolve("metrics");
        try (BerthProcess berth = command(directory.resolve("data"))
                .with(
                        "REGISTRY_NOTIFICATIONS_ENDPOINTS",
                        "[{name: off, url: 'https://hooks.example/', disabled: true}]")
                .start()) {
            berth.http().pushImage("team/app", "v1", image);
            berth.http().expectImage("team/app", "v1", image);
            RegistryHttp debug = new RegistryHttp(berth.debugAddress());
            HttpResponse<byte[]> metrics = debug.get("/metrics");

            RegistryHttp.expect(200, metrics);
            assertThat(text(metrics))
                    .contains(
                            "registry_http_requests_total{code=\"201\",handler=\"manifest\",method=\"put\"}",
                            "registry_http_in_flight_requests{",
                            "registry_storage_action_seconds_count{",
                            "registry_maintenance_runs_total{",
                            "registry_notifications_pending{endpoint=\"off\"} 0",
                            "registry_health_check_up{check=\"storagedriver_filesystem\"} 1")
                    .doesNotContain("team/app");
            Files.write(shown, metrics.body());
            RegistryHttp.expect(404, berth.http().get("/metrics"));
            RegistryHttp.expect(404, debug.get("/v2/"));
        }
        Process promtool = new ProcessBuilder(Programs.path("promtool"), "check", "metrics")
                .redirectInput(shown.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(promtool.waitFor()).isZero();
    }

    @Test
    void aStorageThatIsGoneIsUnhealthy() throws IOException, InterruptedException {
        Path storage = directory.resolve("data");
        try (BerthProcess berth = command(storage)
                .with("REGISTRY_HEALTH_STORAGEDRIVER_ENABLED", "true")
                .with("REGISTRY_HEALTH_STORAGEDRIVER_INTERVAL", "100ms")
                .with("REGISTRY_HEALTH_STORAGEDRIVER_THRESHOLD", "1")
                .start()) {
            RegistryHttp debug = new RegistryHttp(berth.debugAddress());
            awaitStatus(debug, "/readyz", 200);
            RegistryHttp.expect(200, debug.get("/debug/health"));

            Files.move(storage, directory.resolve("elsewhere"));

            awaitStatus(debug, "/debug/health", 503);
            RegistryHttp.expect(503, debug.get("/readyz"));
            RegistryHttp.expect(200, debug.get("/livez"));
            RegistryHttp.expect(503, berth.http().get("/v2/"));
            assertThat(text(debug.get("/debug/health"))).contains("storagedriver_filesystem");
        }
    }

    @Test
    void aFileTakesTheRegistryOutOfService() throws IOException, InterruptedException {
        Path down = directory.resolve("down");
        try (BerthProcess berth = command(directory.resolve("data"))
                .with("REGISTRY_HEALTH_FILE", "[{file: '" + down + "', interval: 50ms}]")
                .start()) {
            RegistryHttp.expect(200, berth.http().get("/v2/"));

            Files.createFile(down);
            awaitStatus(berth.http(), "/v2/", 503);
            Files.delete(down);
            awaitStatus(berth.http(), "/v2/", 200);
        }
    }

    @Test
    void aDiskWithoutRoomIsNotReadyAndServes() throws IOException, InterruptedException {
        try (BerthProcess berth = command(directory.resolve("data"))
                .with("REGISTRY_HEALTH_DISK_FREE", "900000GiB")
                .start()) {
            URI address = berth.debugAddress();
            RegistryHttp debug = new RegistryHttp(address);

            awaitStatus(debug, "/readyz", 503);
            RegistryHttp.expect(200, debug.get("/debug/health"));
            berth.http().pushImage("team/app", "v1", image);
        }
    }

    @Test
    void aDebugAddressInUseIsSaid() throws IOException, InterruptedException {
        try (BerthProcess berth = command(directory.resolve("data")).start()) {
            assertThat(BerthCommand.serveFromMemory()
                            .with("REGISTRY_HTTP_DEBUG_ADDR", "127.0.0.1:" + berth.port())
                            .run()
                            .err())
                    .contains("127.0.0.1:" + berth.port() + " of http.debug.addr");
        }
    }
}
