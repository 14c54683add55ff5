package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.FailureReason;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.values.ListenAddress;
import dev.berth.registry.metrics.DebugServer;
import dev.berth.registry.metrics.Health;
import dev.berth.registry.server.ServerFilter;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What operators ask a server: its health, and the address of {@code http.debug} with health and metrics. */
final class Diagnostics implements AutoCloseable {
    private final Settings settings;
    private final ServedMetrics metrics;
    private final Health health;
    private @Nullable DebugServer server;

    private Diagnostics(Settings settings, ServedMetrics metrics, Health health) {
        this.settings = settings;
        this.metrics = metrics;
        this.health = health;
    }

    /** Returns those of a server. Nothing is checked yet. */
    static Diagnostics of(ObjectStore store, Settings settings, ServedMetrics metrics) {
        Health health = HealthChecks.of(store, settings);
        health.addTo(metrics.all());
        return new Diagnostics(settings, metrics, health);
    }

    /** Returns what refuses requests while something fails that the settings say must not. */
    Optional<ServerFilter> gate() {
        return settings.health().refuses() ? Optional.of(health.gate()) : Optional.empty();
    }

    /**
     * Opens the address of {@code http.debug}, if there is one, and begins to check.
     *
     * @throws IOException with a sentence for the user
     */
    void start() throws IOException {
        Optional<ListenAddress> listen = settings.debug().address();
        if (listen.isPresent()) {
            server = listen(listen.get());
        }
        if (listen.isPresent() || settings.health().refuses()) {
            health.start();
        }
    }

    private DebugServer listen(ListenAddress listen) throws IOException {
        String cannot = "Berth cannot listen on " + listen + " of http.debug.addr: ";
        InetSocketAddress address = new InetSocketAddress(listen.host(), listen.port());
        if (address.isUnresolved()) {
            throw new CommandException(cannot + "there is no host " + listen.host() + ".");
        }
        DebugServer.Builder debug = DebugServer.builder().listen(address).health(health);
        settings.debug().metrics().ifPresent(path -> debug.metrics(metrics.all(), path));
        try {
            return debug.build().start();
        } catch (BindException e) {
            throw new IOException(cannot + BindFailure.sentence(listen, e).replace("--listen", "http.debug.addr"), e);
        } catch (IOException e) {
            throw new IOException(cannot + FailureReason.of(e), e);
        }
    }

    /** Returns a line that says where health and metrics are, if they are anywhere. */
    Optional<String> line() {
        return Optional.ofNullable(server)
                .map(DebugServer::uri)
                .map(uri -> "Health is at " + uri.resolve("/debug/health") + metricsPart(uri));
    }

    private String metricsPart(URI uri) {
        return settings.debug()
                .metrics()
                .map(path -> ", metrics are at " + uri.resolve(path))
                .orElse("");
    }

    @Override
    public void close() {
        health.close();
        if (server != null) {
            server.close();
        }
    }
}
