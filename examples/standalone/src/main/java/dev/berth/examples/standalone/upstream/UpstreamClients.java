package dev.berth.examples.standalone.upstream;

import dev.berth.examples.standalone.configuration.mirror.UpstreamSettings;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A client for each of some settings that name another registry.
 *
 * @param <S> the settings
 */
public final class UpstreamClients<S> implements AutoCloseable {
    private final Map<S, RemoteRegistry> clients = new LinkedHashMap<>();

    private UpstreamClients() {}

    /**
     * Returns the clients, in the order of the settings. They connect to nothing yet.
     *
     * @param upstream which registry it is
     * @param retry how often and for how long a call is tried
     * @throws IOException with a sentence for the user, if a file cannot be read
     */
    public static <S> UpstreamClients<S> of(List<S> settings, Function<S, UpstreamSettings> upstream, RetryPolicy retry)
            throws IOException {
        UpstreamClients<S> opened = new UpstreamClients<>();
        try {
            for (S each : settings) {
                opened.clients.put(each, UpstreamClient.of(upstream.apply(each), retry));
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Returns the clients. */
    public Map<S, RemoteRegistry> all() {
        return Collections.unmodifiableMap(clients);
    }

    @Override
    public void close() {
        clients.values().forEach(RemoteRegistry::close);
    }
}
