package dev.berth.registry.client;

import dev.berth.registry.Registry;
import dev.berth.registry.contract.RegistryRaceContract;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract of registries, through HTTP: client, server, engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RemoteRegistryTest extends RegistryRaceContract {
    private final Registry stored = StorageRegistry.over(MemoryObjectStore.create());
    private RegistryServer server;
    private RemoteRegistry remote;

    @BeforeAll
    void start() throws IOException {
        server = RegistryServer.builder(stored).listen("127.0.0.1", 0).build().start();
        remote = connect();
    }

    @AfterAll
    void stop() {
        remote.close();
        server.close();
    }

    private RemoteRegistry connect() {
        return RemoteRegistry.at(server.uri().toString(), RemoteOptions.defaults());
    }

    @Override
    protected Registry registry() {
        return remote;
    }

    @Override
    protected Optional<Registry> elsewhere() {
        return Optional.of(connect());
    }

    /** Nothing in the API can carry a predicate. */
    @Override
    protected boolean supportsMountFromAnyReadable() {
        return false;
    }
}
