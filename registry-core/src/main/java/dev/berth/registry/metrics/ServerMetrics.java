package dev.berth.registry.metrics;

import dev.berth.registry.server.ServerExchange;
import dev.berth.registry.server.ServerObserver;
import java.net.InetSocketAddress;

/**
 * Counts the requests and connections of a server, by the names of {@code registry:2}:
 *
 * <pre>{@code
 * Metrics metrics = new Metrics();
 * RegistryServer.builder(registry).observer(ServerMetrics.of(metrics))…
 * }</pre>
 *
 * <p>Repositories and callers are not labels: they would be as many as clients like. Counting takes no lock, and allocates
 * nothing once a combination of handler, method and status has been seen. Several servers may share the metrics.
 * Thread-safe.
 *
 * @since 0.1
 */
public final class ServerMetrics implements ServerObserver {
    private static final HttpHandlerName[] HANDLERS = HttpHandlerName.values();
    private static final HttpMethodName[] METHODS = HttpMethodName.values();

    /** For an exchange without a response, as in the access log. */
    private static final int NO_RESPONSE = 499;

    private static final int SMALLEST_STATUS = 100;
    private static final int STATUSES = 500;

    private final SeriesTable<Gauge> inFlight;
    private final SeriesTable<SeriesTable<Counter>> requests;
    private final SeriesTable<Histogram> durations;
    private final SeriesTable<Histogram> requestSizes;
    private final SeriesTable<Histogram> responseSizes;
    private final Gauge connections;
    private final Counter opened;
    private final Counter refused;

    private ServerMetrics(Metrics metrics) {
        Labelled<Gauge> gauges =
                metrics.gauges("registry_http_in_flight_requests", "HTTP requests that are being served.", "handler");
        this.inFlight = new SeriesTable<>(HANDLERS.length, i -> gauges.with(HANDLERS[i].label()));
        Labelled<Counter> counters = metrics.counters(
                "registry_http_requests_total", "HTTP requests that were served.", "code", "handler", "method");
        this.requests = new SeriesTable<>(
                HANDLERS.length * METHODS.length,
                i -> new SeriesTable<>(
                        STATUSES,
                        status -> counters.with(
                                Integer.toString(status + SMALLEST_STATUS),
                                HANDLERS[i / METHODS.length].label(),
                                METHODS[i % METHODS.length].label())));
        Labelled<Histogram> times = metrics.histograms(
                "registry_http_request_duration_seconds",
                "Time from the header of an HTTP request until its response was sent.",
                Buckets.requestSeconds(),
                "handler",
                "method");
        this.durations = new SeriesTable<>(
                HANDLERS.length * METHODS.length,
                i -> times.with(HANDLERS[i / METHODS.length].label(), METHODS[i % METHODS.length].label()));
        Labelled<Histogram> received = metrics.histograms(
                "registry_http_request_size_bytes",
                "Sizes of the bodies of HTTP requests.",
                Buckets.bodyBytes(),
                "handler");
        this.requestSizes = new SeriesTable<>(HANDLERS.length, i -> received.with(HANDLERS[i].label()));
        Labelled<Histogram> sent = metrics.histograms(
                "registry_http_response_size_bytes",
                "Sizes of the bodies of HTTP responses.",
                Buckets.bodyBytes(),
                "handler");
        this.responseSizes = new SeriesTable<>(HANDLERS.length, i -> sent.with(HANDLERS[i].label()));
        for (int i = 0; i < HANDLERS.length; i++) {
            inFlight.get(i);
        }
        this.connections = metrics.gauge("registry_http_connections", "Connections of HTTP clients that are open.");
        this.opened = metrics.counter(
                "registry_http_connections_opened_total", "Connections of HTTP clients that were opened.");
        this.refused = metrics.counter(
                "registry_http_connections_refused_total",
                "Connections of HTTP clients that were refused since there were too many.");
    }

    /** Returns an observer that counts in these metrics. */
    public static ServerMetrics of(Metrics metrics) {
        return new ServerMetrics(metrics);
    }

    @Override
    public void onExchangeStarted(ServerExchange exchange) {
        inFlight.get(HttpHandlerName.ofTarget(exchange.target())).increment();
    }

    @Override
    public void onExchange(ServerExchange exchange) {
        inFlight.get(HttpHandlerName.ofTarget(exchange.target())).decrement();
        int handler = SeriesTable.number(HttpHandlerName.ofRoute(exchange.route()));
        int handlerAndMethod = handler * METHODS.length + SeriesTable.number(HttpMethodName.of(exchange.method()));
        int status = exchange.status() == 0 ? NO_RESPONSE : exchange.status();
        requests.get(handlerAndMethod).get(status - SMALLEST_STATUS).increment();
        durations.get(handlerAndMethod).observe(exchange.duration().toNanos());
        requestSizes.get(handler).observe(exchange.bytesIn());
        responseSizes.get(handler).observe(exchange.bytesOut());
    }

    @Override
    public void onConnectionOpened(InetSocketAddress client) {
        opened.increment();
        connections.increment();
    }

    @Override
    public void onConnectionClosed(InetSocketAddress client) {
        connections.decrement();
    }

    @Override
    public void onConnectionRefused(InetSocketAddress client) {
        refused.increment();
    }
}
