package dev.berth.registry.client;

import dev.berth.registry.Registry;
import dev.berth.registry.contract.RegistryContract;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract of registries, through three clients and three servers behind one another. */
@org.junit.jupiter.api.Tag("any-jdk")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProxyOfProxyTest extends RegistryContract {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private RegistryServer front;
    private RemoteRegistry remote;

    @BeforeAll
    void start() throws IOException {
        RegistryServer origin = serve(StorageRegistry.over(MemoryObjectStore.create()));
        RegistryServer proxy = serve(connectTo(origin));
        front = serve(connectTo(proxy));
        remote = connectTo(front);
    }

    private RegistryServer serve(Registry registry) throws IOException {
        RegistryServer server =
                RegistryServer.builder(registry).listen("127.0.0.1", 0).build().start();
        open.push(server);
        return server;
    }

    private RemoteRegistry connectTo(RegistryServer server) {
        RemoteRegistry client = RemoteRegistry.at(server.uri().toString());
        open.push(client);
        return client;
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Override
    protected Registry registry() {
        return remote;
    }

    @Override
    protected Optional<Registry> elsewhere() {
        return Optional.of(RemoteRegistry.at(front.uri().toString()));
    }

    /** Nothing in the API can carry a predicate. */
    @Override
    protected boolean supportsMountFromAnyReadable() {
        return false;
    }
}
