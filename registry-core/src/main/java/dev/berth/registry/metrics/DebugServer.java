package dev.berth.registry.metrics;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.ResponseBody;
import dev.berth.registry.server.ServerLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows metrics and health at an address of its own, which clients of the registry do not reach, as the debug server of
 * {@code registry:2} does: {@code /metrics}, {@code /debug/health}, {@code /livez} and {@code /readyz}.
 *
 * <pre>{@code
 * try (DebugServer debug = DebugServer.builder()
 *         .listen("127.0.0.1", 5001)
 *         .metrics(metrics)
 *         .health(health)
 *         .build()
 *         .start()) { … }
 * }</pre>
 *
 * <p>Nobody has to authenticate: what may be known to nobody else must not be reachable for anybody else. It closes neither
 * the health nor what the metrics are about. Thread-safe.
 *
 * @since 0.1
 */
public final class DebugServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DebugServer.class);
    private static final int NOT_FOUND = 404;

    private final RegistryServer server;

    private DebugServer(Builder builder) {
        Map<String, RegistryHandler> pages = builder.pages();
        RegistryHandler all = request -> {
            RegistryHandler page = pages.get(request.path());
            return page == null ? notFound() : page.handle(request);
        };
        this.server = RegistryServer.builder((caller, access, request) -> {
                    throw RegistryException.of(ErrorCode.UNSUPPORTED, "This is not the address of the registry");
                })
                // It answers everything, so that nothing is left for the API.
                .filter((request, next) -> all.handle(request))
                .authenticator((request, access) -> Caller.anonymous())
                .limits(builder.limits)
                .listen(builder.address)
                .build();
    }

    private static RegistryResponse notFound() {
        return RegistryResponse.builder(NOT_FOUND)
                .header("Content-Type", "text/plain; charset=utf-8")
                .body(ResponseBody.of("There is nothing here\n".getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    /**
     * Opens the socket and starts to serve.
     *
     * @return this server
     * @throws IOException if the address is in use or is not one of this machine
     * @throws IllegalStateException if it was started before
     */
    public DebugServer start() throws IOException {
        server.start();
        if (!address().getAddress().isLoopbackAddress()) {
            log.warn(
                    "Metrics and health are shown to everyone who reaches {}. Listen on a loopback address, or let a"
                            + " firewall decide who does",
                    address());
        }
        return this;
    }

    /** Returns the server without a socket, for another HTTP server to use. */
    public RegistryHandler handler() {
        return server.handler();
    }

    /**
     * Returns the address on which the server listens, with the port that it got.
     *
     * @throws IllegalStateException if it was not started
     */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Returns the address as a URI, as {@link RegistryServer#uri} does. */
    public URI uri() {
        return server.uri();
    }

    /** Stops with a few seconds for requests in progress. Idempotent. */
    @Override
    public void close() {
        server.close();
    }

    /** Returns a builder for a server on a loopback address. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Builds servers. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private static final int MOST_CONNECTIONS = 64;

        private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        private ServerLimits limits =
                ServerLimits.builder().maxConnections(MOST_CONNECTIONS).build();
        private String metricsPath = "/metrics";
        private @Nullable Metrics metrics;
        private @Nullable Health health;

        private Builder() {}

        /**
         * Sets where to listen. Without it, the server listens on the loopback address and a port that is free.
         *
         * @param port 0 for one that is free
         */
        public Builder listen(String host, int port) {
            return listen(new InetSocketAddress(host, port));
        }

        /** Sets where to listen. */
        public Builder listen(InetSocketAddress newAddress) {
            this.address = Objects.requireNonNull(newAddress, "newAddress");
            return this;
        }

        /** Shows metrics at {@code /metrics}. Without it, there is nothing. */
        public Builder metrics(Metrics newMetrics) {
            return metrics(newMetrics, "/metrics");
        }

        /**
         * Shows metrics at a path.
         *
         * @throws IllegalArgumentException if it does not begin with a slash, or has a query, escapes or a page already
         */
        public Builder metrics(Metrics newMetrics, String path) {
            if (!path.startsWith("/") || path.indexOf('?') >= 0 || path.indexOf('%') >= 0) {
                throw new IllegalArgumentException(
                        "The path of metrics begins with a slash and has neither query nor escapes, unlike '" + path
                                + "'");
            }
            if (path.equals("/livez") || path.equals("/readyz") || path.equals("/debug/health")) {
                throw new IllegalArgumentException("The path '" + path + "' has a page already");
            }
            this.metrics = Objects.requireNonNull(newMetrics, "newMetrics");
            this.metricsPath = path;
            return this;
        }

        /** Shows this health. Without it, all is well. */
        public Builder health(Health newHealth) {
            this.health = Objects.requireNonNull(newHealth, "newHealth");
            return this;
        }

        /** Sets the limits on the resources that clients use: 64 connections by default, otherwise those of any server. */
        public Builder limits(ServerLimits newLimits) {
            this.limits = Objects.requireNonNull(newLimits, "newLimits");
            return this;
        }

        private Map<String, RegistryHandler> pages() {
            Map<String, RegistryHandler> pages = new LinkedHashMap<>();
            Health shown = health == null ? Health.builder().build() : health;
            pages.put("/livez", DebugHandlers.alive());
            pages.put("/readyz", DebugHandlers.ready(shown));
            pages.put("/debug/health", DebugHandlers.health(shown));
            if (metrics != null) {
                pages.put(metricsPath, DebugHandlers.metrics(metrics));
            }
            return pages;
        }

        /** Returns the server, which is not started yet. */
        public DebugServer build() {
            return new DebugServer(this);
        }
    }
}
