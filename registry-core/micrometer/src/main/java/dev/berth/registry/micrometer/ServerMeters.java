package dev.berth.registry.micrometer;

import dev.berth.registry.server.ServerExchange;
import dev.berth.registry.server.ServerObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records the requests of a server as Micrometer's own instrumentations do: the timer {@code http.server.requests} with the
 * tags {@code method}, {@code uri} (the route, with its variables in angle brackets), {@code status}, {@code outcome} and
 * {@code exception}. Thread-safe.
 *
 * @since 0.1
 */
public final class ServerMeters implements ServerObserver {
    private static final String UNKNOWN = "UNKNOWN";
    private static final int NOT_FOUND = 404;
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE");

    private final MeterRegistry registry;
    private final ConcurrentHashMap<Kind, Timer> timers = new ConcurrentHashMap<>();

    /** What the tags follow from. The number of different ones is small. */
    private record Kind(String method, String route, int status) {}

    private ServerMeters(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    /** Returns an observer that records in a registry. */
    public static ServerMeters of(MeterRegistry registry) {
        return new ServerMeters(registry);
    }

    @Override
    public void onExchange(ServerExchange exchange) {
        String method = METHODS.contains(exchange.method()) ? exchange.method() : UNKNOWN;
        timers.computeIfAbsent(new Kind(method, exchange.route(), exchange.status()), this::timer)
                .record(exchange.duration());
    }

    private Timer timer(Kind kind) {
        return Timer.builder("http.server.requests")
                .description("Requests that the registry has served")
                .tag("method", kind.method)
                .tag("uri", uri(kind))
                .tag("status", kind.status == 0 ? UNKNOWN : Integer.toString(kind.status))
                .tag("outcome", outcome(kind.status))
                .tag("exception", "none")
                .register(registry);
    }

    private static String uri(Kind kind) {
        if (!kind.route.isEmpty()) {
            return kind.route;
        }
        return kind.status == NOT_FOUND ? "NOT_FOUND" : UNKNOWN;
    }

    private static String outcome(int status) {
        return switch (status / 100) {
            case 1 -> "INFORMATIONAL";
            case 2 -> "SUCCESS";
            case 3 -> "REDIRECTION";
            case 4 -> "CLIENT_ERROR";
            case 5 -> "SERVER_ERROR";
            default -> UNKNOWN;
        };
    }
}
