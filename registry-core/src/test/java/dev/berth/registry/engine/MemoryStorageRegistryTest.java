package dev.berth.registry.engine;

import dev.berth.registry.Registry;
import dev.berth.registry.contract.RegistryRaceContract;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.util.Optional;

/** The contract of registries, kept by the engine over a store in memory. */
class MemoryStorageRegistryTest extends RegistryRaceContract {
    private final ObjectStore store = MemoryObjectStore.create();
    private final Registry registry = StorageRegistry.over(store);

    @Override
    protected Registry registry() {
        return registry;
    }

    @Override
    protected Optional<Registry> elsewhere() {
        return Optional.of(StorageRegistry.over(store));
    }
}
