package dev.berth.registry.memory;

import dev.berth.registry.contract.ObjectStoreContract;
import dev.berth.registry.storage.ObjectStore;
import java.util.Optional;

/** To the engines of one process, a store in memory is what a bucket is to several processes: one object for all. */
class MemoryObjectStoreTest extends ObjectStoreContract {

    @Override
    protected ObjectStore create() {
        return MemoryObjectStore.create();
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
        return Optional.of(MemoryObjectStore.builder().maxBytes(bytes).build());
    }
}
