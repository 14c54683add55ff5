package dev.berth.examples.standalone.mirror;

import dev.berth.registry.Registry;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.mirror.StaleWarnings;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** A mirror of the registry behind a proxy, and a server for it. */
final class MirrorNode implements AutoCloseable {
    private static final int PATIENCE = 60_000;

    final Registry local;
    final PullThrough mirror;
    private final RemoteRegistry upstream;
    private final RegistryServer server;

    MirrorNode(ObjectStore store, UpstreamProxy proxy, MirrorOptions.Builder options) throws IOException {
        upstream = RemoteRegistry.at(
                proxy.address(),
                RemoteOptions.builder().retry(RetryPolicy.none()).build());
        local = StorageRegistry.over(store);
        StaleWarnings warnings = new StaleWarnings();
        mirror = PullThrough.of(
                upstream,
                local,
                store,
                options.listener(warnings).rateLimit(upstream::rateLimit).build());
        server = RegistryServer.builder(mirror)
                .listen("127.0.0.1", 0)
                .filter(warnings)
                .build()
                .start();
    }

    /** Asks for something, as a client that has nothing else to do. */
    HttpURLConnection get(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) server.uri().resolve(path).toURL().openConnection();
        connection.setConnectTimeout(PATIENCE);
        connection.setReadTimeout(PATIENCE);
        connection.setRequestProperty("Accept", "application/vnd.oci.image.manifest.v1+json");
        return connection;
    }

    byte[] read(String path) throws IOException {
        try (InputStream body = get(path).getInputStream()) {
            return body.readAllBytes();
        }
    }

    URI uri() {
        return server.uri();
    }

    /** Waits until nothing is downloaded. */
    void awaitDownloads() throws InterruptedException {
        long end = System.nanoTime() + 2L * 60 * 1_000_000_000;
        while (mirror.status().downloads() > 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("There are downloads still");
            }
            Thread.sleep(1);
        }
    }

    @Override
    public void close() {
        server.close();
        mirror.close();
        local.close();
        upstream.close();
    }
}
