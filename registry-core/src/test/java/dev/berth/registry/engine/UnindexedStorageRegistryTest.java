package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Registry;
import dev.berth.registry.contract.RegistryContract;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract of registries, kept by the engine over a store that Docker's registry wrote: there is no complete index,
 * and listings come from the layout.
 */
class UnindexedStorageRegistryTest extends RegistryContract {
    private final ObjectStore store = MemoryObjectStore.create();
    private final StorageRegistry registry = StorageRegistry.over(store);

    @BeforeEach
    void writeWithoutIndex() throws IOException {
        new DockerLayout(store).world(new World());
    }

    @AfterEach
    void requireStillNoIndex() {
        assertThat(registry.indexComplete()).isFalse();
    }

    @Override
    protected Registry registry() {
        return registry;
    }

    @Override
    protected Optional<Registry> elsewhere() {
        return Optional.of(StorageRegistry.over(store));
    }
}
