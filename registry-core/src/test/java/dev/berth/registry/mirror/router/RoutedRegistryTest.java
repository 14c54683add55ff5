package dev.berth.registry.mirror.router;

import dev.berth.registry.Registry;
import dev.berth.registry.contract.RegistryContract;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.storage.ObjectStore;

/** The contract of registries over a {@link MirrorRouter} whose default lacks what the tests push. */
class RoutedRegistryTest extends RegistryContract {
    private static final Registry REGISTRY = router();

    private static Registry router() {
        Registry upstream = StorageRegistry.over(MemoryObjectStore.create());
        Routed.image(upstream, "library/app", 1, Routed.LATEST);
        ObjectStore store = MemoryObjectStore.create();
        Registry local = StorageRegistry.over(store);
        PullThrough mirror = PullThrough.of(
                upstream,
                local,
                store,
                MirrorOptions.builder().prefix(Routed.HUB).build());
        return MirrorRouter.over(local).route(mirror).byDefault(Routed.HUB).build();
    }

    @Override
    protected Registry registry() {
        return REGISTRY;
    }
}
