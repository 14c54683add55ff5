package dev.berth.registry.servlet;

import dev.berth.registry.Registry;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.contract.RegistryContract;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract of registries, through a client and a container. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServedRegistryContract extends RegistryContract {
    private final Container.Kind kind;
    private Container container;
    private RemoteRegistry remote;

    ServedRegistryContract(Container.Kind kind) {
        this.kind = kind;
    }

    @BeforeAll
    void start() throws Exception {
        container = kind.start(
                "",
                new RegistryServlet(RegistryServer.builder(StorageRegistry.over(MemoryObjectStore.create()))
                        .build()
                        .handler()));
        remote = connect();
    }

    private RemoteRegistry connect() {
        return RemoteRegistry.at("http://127.0.0.1:" + container.port());
    }

    @AfterAll
    void stop() {
        remote.close();
        container.close();
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
