package dev.berth.registry.engine;

import dev.berth.registry.fixtures.RepeatedAppendContract;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;

/** Appends whose answer was lost, over a store in memory. */
class RepeatedAppendTest extends RepeatedAppendContract {
    private final MemoryObjectStore store = MemoryObjectStore.create();

    @Override
    protected ObjectStore store() {
        return store;
    }
}
