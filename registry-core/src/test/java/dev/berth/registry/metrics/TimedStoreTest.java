package dev.berth.registry.metrics;

import dev.berth.registry.contract.ObjectStoreContract;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.util.Optional;

/** A store that is timed keeps every promise of a store. */
@org.junit.jupiter.api.Tag("any-jdk")
class TimedStoreTest extends ObjectStoreContract {

    @Override
    protected ObjectStore create() {
        return StorageMetrics.over(MemoryObjectStore.create(), "inmemory", new Metrics());
    }

    @Override
    protected ObjectStore reopen(ObjectStore store) {
        return store;
    }

    @Override
    protected boolean sharedBetweenProcesses() {
        return true;
    }

    @Override
    protected Optional<ObjectStore> createWithRoomFor(int bytes) {
        return Optional.of(
                StorageMetrics.over(MemoryObjectStore.builder().maxBytes(bytes).build(), "inmemory", new Metrics()));
    }
}
