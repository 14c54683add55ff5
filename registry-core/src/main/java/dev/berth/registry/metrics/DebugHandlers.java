package dev.berth.registry.metrics;

import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The pages of a {@link DebugServer}, each as a handler for a route of any server:
 *
 * <pre>{@code
 * RegistryServer.builder(registry)
 *         .route("/livez", DebugHandlers.alive())
 *         .route("/readyz", DebugHandlers.ready(health))
 *         .authenticatedRoute("/metrics", DebugHandlers.metrics(metrics))…
 * }</pre>
 *
 * <p>They answer GET and HEAD, and 405 to anything else.
 *
 * @since 0.1
 */
public final class DebugHandlers {
    private static final String JSON = "application/json; charset=utf-8";
    private static final int OK = 200;
    private static final int NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private DebugHandlers() {}

    /** Returns all metrics, in Prometheus' text format 0.0.4. */
    public static RegistryHandler metrics(Metrics metrics) {
        Objects.requireNonNull(metrics, "metrics");
        return page(() -> response(OK, TextFormat.MEDIA_TYPE, metrics.toText().getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns that the process answers: always 200. */
    public static RegistryHandler alive() {
        return page(() -> response(OK, JSON, HealthPages.state("alive", List.of())));
    }

    /** Returns whether the server can do all of its work: 200, or 503 with the names of the checks that fail. */
    public static RegistryHandler ready(Health health) {
        Objects.requireNonNull(health, "health");
        return page(() -> {
            Map<String, String> problems = health.unreadiness();
            return problems.isEmpty()
                    ? response(OK, JSON, HealthPages.state("ready", problems.keySet()))
                    : response(UNAVAILABLE, JSON, HealthPages.state("unavailable", problems.keySet()));
        });
    }

    /**
     * Returns the checks that fail without which nothing can be served, as the {@code /debug/health} of {@code registry:2}
     * does: 200 and an empty JSON object, or 503 with what is wrong by the names of the checks.
     */
    public static RegistryHandler health(Health health) {
        Objects.requireNonNull(health, "health");
        return page(() -> {
            Map<String, String> problems = health.failures();
            return response(problems.isEmpty() ? OK : UNAVAILABLE, JSON, HealthPages.problems(problems));
        });
    }

    /** Makes a page. */
    @FunctionalInterface
    private interface Page {
        RegistryResponse make() throws IOException;
    }

    private static RegistryHandler page(Page page) {
        return request -> request.method().equals("GET") || request.method().equals("HEAD")
                ? page.make()
                : RegistryResponse.builder(NOT_ALLOWED)
                        .header("Allow", "GET, HEAD")
                        .build();
    }

    private static RegistryResponse response(int status, String type, byte[] body) {
        return RegistryResponse.builder(status)
                .header("Content-Type", type)
                .header("Cache-Control", "no-store")
                .body(ResponseBody.of(body))
                .build();
    }
}
