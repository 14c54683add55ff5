package dev.berth.registry.compose;

import dev.berth.registry.Registry;
import dev.berth.registry.contract.RegistryContract;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import java.time.InstantSource;

/** The contract of registries over an {@link Observed} one. */
class ObservedRegistryTest extends RegistryContract {
    private static final Registry REGISTRY = Observed.of(
            StorageRegistry.over(MemoryObjectStore.create()),
            "somebody",
            EventQueue.of(event -> {}, Runnable::run),
            InstantSource.system());

    @Override
    protected Registry registry() {
        return REGISTRY;
    }
}
