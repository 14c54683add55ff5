package dev.berth.registry.memory;

import dev.berth.registry.contract.ObjectStoreContract;
import dev.berth.registry.storage.ObjectStore;

class MemoryObjectStoreTest extends ObjectStoreContract {

    @Override
    protected ObjectStore create() {
        return MemoryObjectStore.create();
    }

    @Override
    protected boolean survivesReopen() {
        return false;
    }
}
