package dev.berth.registry.compose;

import dev.berth.registry.Registry;
import dev.berth.registry.contract.RegistryContract;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.memory.MemoryObjectStore;

/** The contract of registries over an {@link Observed} one. */
class ObservedRegistryTest extends RegistryContract {
    private static final Registry REGISTRY = Observed.of(
            StorageRegistry.over(MemoryObjectStore.create()),
            EventContext.ofActor("somebody"),
            EventQueue.of(event -> {}, Runnable::run));

    @Override
    protected Registry registry() {
        return REGISTRY;
    }
}
