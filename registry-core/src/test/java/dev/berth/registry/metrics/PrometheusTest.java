package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes a server, and answers questions about it. */
class PrometheusTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void prometheusFindsTheSeries() throws Exception {
        Programs.require("prometheus");
        try (EveryMetric every = new EveryMetric()) {
            for (int i = 0; i < 3; i++) {
                client.send(
                        HttpRequest.newBuilder(every.server.uri().resolve("/v2/"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
            }
            Path config = Files.writeString(directory.resolve("prometheus.yml"), """
                    scrape_configs:
                      - job_name: berth
                        scrape_interval: 1s
                        scrape_timeout: 1s
                        static_configs:
                          - targets: ['127.0.0.1:%d']
                    """.formatted(
                            every.debug.address().getPort()));
            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            Process prometheus = new ProcessBuilder(
                            "prometheus",
                            "--config.file=" + config,
                            "--storage.tsdb.path=" + directory.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            try {
                assertThat(query(port, "up")).contains("\"1\"]");
                assertThat(query(port, "registry_http_requests_total{handler=\"base\",code=\"200\",method=\"get\"}"))
                        .contains("\"3\"]");
                assertThat(query(
                                port,
                                "histogram_quantile(0.9, sum by (le) (registry_http_request_duration_seconds_bucket))"))
                        .contains("\"value\":[");
                assertThat(query(port, "registry_storage_action_seconds_count{driver=\"inmemory\",action=\"Stat\"}"))
                        .contains("\"value\":[");
                assertThat(query(port, "process_start_time_seconds < time()")).contains("\"value\":[");
            } finally {
                prometheus.destroy();
                if (!prometheus.waitFor(30, TimeUnit.SECONDS)) {
                    prometheus.destroyForcibly();
                }
            }
        }
    }

    /** Asks until there is an answer: Prometheus needs a moment to start and to scrape. */
    private String query(int port, String expression) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query="
                + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            String answer;
            try {
                answer = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                        .body();
            } catch (IOException e) {
                answer = e.toString();
            }
            boolean answered = answer.contains("\"value\":[") && !answer.contains("\"0\"]");
            if (answered || Instant.now().isAfter(end)) {
                return answer;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }
}
