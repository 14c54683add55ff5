package dev.berth.registry.engine;

import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;

/** Undelete over a store in memory. */
class MemoryUndeleteTest extends UndeleteContract {
    @Override
    protected ObjectStore emptyStore() {
        return MemoryObjectStore.create();
    }
}
