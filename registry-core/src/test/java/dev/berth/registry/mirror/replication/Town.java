package dev.berth.registry.mirror.replication;

import dev.berth.registry.Registry;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.compose.Observed;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A registry that serves on a port and pushes to another one over HTTP. It can be killed, with all that it has in memory but
 * its store, and started again; and be cut off, while it goes on.
 */
final class Town implements AutoCloseable {
    private final ObjectStore store = MemoryObjectStore.create();
    private final int port;
    private volatile boolean cut;
    private RemoteRegistry other;
    private Running running;

    /** What there is of it between a start and a kill. */
    private record Running(
            Registry registry, RegistryServer server, RemoteRegistry other, Replication replication, Engine engine) {}

    /** A registry as the process sees it, and as it ends with the process. */
    private record Engine(DyingStore store, StorageRegistry registry) {}

    Town(int port) {
        this.port = port;
    }

    /** Starts it. */
    synchronized void start(int othersPort) throws IOException {
        DyingStore alive = new DyingStore(store);
        StorageRegistry engine = StorageRegistry.over(alive);
        other = RemoteRegistry.at(
                "127.0.0.1:" + othersPort,
                RemoteOptions.builder().retry(RetryPolicy.none()).build());
        Replication[] replication = new Replication[1];
        Registry observed = Observed.of(engine, EventContext.none(), events -> replication[0].publish(events));
        replication[0] = Replication.builder(observed, alive)
                .rule(ReplicationRule.builder("other").deletions(true).build(), other)
                .interval(Duration.ofSeconds(2))
                .backoff(Duration.ofMillis(100), Duration.ofSeconds(1))
                .lease(Duration.ofSeconds(1))
                .build();
        RegistryServer server = RegistryServer.builder(observed)
                .listen("127.0.0.1", port)
                .filter((request, next) -> {
                    return cut ? RegistryResponse.builder(503).build() : next.handle(request);
                })
                .build()
                .start();
        replication[0].start();
        running = new Running(observed, server, other, replication[0], new Engine(alive, engine));
    }

    /** Kills it: nothing that it was doing reaches its store any more. */
    synchronized void kill() {
        running.engine().store().die();
        boolean unused = running.server().stop(Duration.ZERO);
        running.replication().close();
        running.other().close();
    }

    void cut(boolean newCut) {
        cut = newCut;
    }

    synchronized int port() {
        return running.server().address().getPort();
    }

    /** What clients in this town use: also while it is cut off from others. */
    synchronized Registry registry() {
        return running.registry();
    }

    /** What is stored, whether it runs or not. */
    Registry stored() {
        return StorageRegistry.over(store);
    }

    synchronized List<ReplicationStatus> status() {
        return running.replication().status();
    }

    @Override
    public void close() {
        kill();
    }
}
