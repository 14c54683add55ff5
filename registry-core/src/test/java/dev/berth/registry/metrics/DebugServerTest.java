package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DebugServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final Metrics metrics = new Metrics();
    private final Health health = Health.builder()
            .check(
                    "store \"a\"",
                    () -> {
                        if (broken.get()) {
                            throw new UnhealthyException("It is broken");
                        }
                    },
                    CheckSchedule.defaults())
            .build();
    private DebugServer server;

    @BeforeEach
    void start() throws Exception {
        metrics.counter("a_total", "Help.").increment();
        server = DebugServer.builder().metrics(metrics).health(health).build().start();
    }

    @AfterEach
    void stop() {
        server.close();
        health.close();
    }

    private HttpResponse<String> exchange(String method, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(server.uri().resolve(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return exchange("GET", path);
    }

    @Test
    void itListensOnALoopbackAddress() {
        assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void metricsAreInPrometheusTextFormat() throws Exception {
        HttpResponse<String> response = get("/metrics?name=a");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body()).isEqualTo(metrics.toText());
    }

    @Test
    void theProcessIsAliveWhateverFails() throws Exception {
        broken.set(true);
        health.checkNow();
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/livez").body()).isEqualTo("{\"status\":\"alive\"}");
    }

    @Test
    void readinessNamesWhatFailsAndSaysNoMore() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        health.checkNow();
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).isEqualTo("{\"status\":\"ready\"}");
        broken.set(true);
        health.checkNow();
        HttpResponse<String> response = get("/readyz");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.body()).isEqualTo("{\"status\":\"unavailable\",\"failing\":[\"store \\\"a\\\"\"]}");
    }

    @Test
    void debugHealthIsThatOfDockersRegistry() throws Exception {
        health.checkNow();
        assertThat(get("/debug/health").statusCode()).isEqualTo(200);
        assertThat(get("/debug/health").body()).isEqualTo("{}");
        broken.set(true);
        health.checkNow();
        HttpResponse<String> response = get("/debug/health");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json; charset=utf-8");
        assertThat(response.body()).isEqualTo("{\"store \\\"a\\\"\":\"It is broken\"}");
    }

    @Test
    void readinessAnswersWhileAStoreHangs() throws Exception {
        AtomicLong now = new AtomicLong();
        CountDownLatch begun = new CountDownLatch(1);
        try (Health hanging = Health.builder()
                        .nanoTime(now::get)
                        .check(
                                "store",
                                () -> {
                                    begun.countDown();
                                    new CountDownLatch(1).await();
                                },
                                CheckSchedule.defaults())
                        .build();
                DebugServer shown =
                        DebugServer.builder().health(hanging).build().start()) {
            hanging.start();
            begun.await();
            now.set(CheckSchedule.defaults().timeout().toNanos() + 1);
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(shown.uri().resolve("/debug/health")).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).isEqualTo("{\"store\":\"There was no answer within 10 seconds\"}");
        }
    }

    @Test
    void headHasNoBody() throws Exception {
        HttpResponse<String> response = exchange("HEAD", "/livez");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(18);
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        for (String path : new String[] {"/metrics", "/livez", "/readyz", "/debug/health"}) {
            for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"}) {
                HttpResponse<String> response = exchange(method, path);
                assertThat(response.statusCode()).as(method + path).isEqualTo(405);
                assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
            }
        }
    }

    @Test
    void nothingElseIsThere() throws Exception {
        for (String path : new String[] {
            "/", "/v2/", "/v2/a/manifests/1", "/v2/_catalog", "/metrics/", "/debug/pprof/", "/%6detrics"
        }) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void metricsAreShownOnlyWhereTheyAreWanted() throws Exception {
        try (DebugServer without = DebugServer.builder().build().start();
                DebugServer elsewhere = DebugServer.builder()
                        .metrics(metrics, "/internal/numbers")
                        .build()
                        .start()) {
            for (Map.Entry<URI, Integer> each : Map.of(
                            without.uri().resolve("/metrics"), 404,
                            elsewhere.uri().resolve("/metrics"), 404,
                            elsewhere.uri().resolve("/internal/numbers"), 200,
                            without.uri().resolve("/readyz"), 200)
                    .entrySet()) {
                assertThat(client.send(
                                        HttpRequest.newBuilder(each.getKey()).build(),
                                        HttpResponse.BodyHandlers.discarding())
                                .statusCode())
                        .as(each.getKey().toString())
                        .isEqualTo(each.getValue());
            }
        }
    }

    @Test
    void aBadPathOfMetricsIsRefused() {
        for (String path : new String[] {"", "metrics", "/a?b", "/a%20", "/livez", "/debug/health"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DebugServer.builder().metrics(metrics, path));
        }
    }
}
