package dev.berth.registry.compose;

import dev.berth.registry.Registry;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.contract.RegistryContract;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import java.util.List;

/** The contract of registries over a {@link Union}, of which the second registry has other repositories. */
class UnionRegistryTest extends RegistryContract {
    private static final Registry REGISTRY = union();

    private static Registry union() {
        Registry second = StorageRegistry.over(MemoryObjectStore.create());
        for (String name : new String[] {"a/first", "contract-5/of/others", "z/last"}) {
            second.repository(name).manifests().put(Content.image(second.repository(name), 1));
        }
        return Union.of(List.of(StorageRegistry.over(MemoryObjectStore.create()), second));
    }

    @Override
    protected Registry registry() {
        return REGISTRY;
    }
}
