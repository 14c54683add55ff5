package dev.berth.registry.audit.store;

import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.Optional;

/** A store where something happens before one of the calls that read. */
final class CallStore extends ForwardingObjectStore {
    private final Runnable action;
    private int left;

    CallStore(ObjectStore store, int call, Runnable action) {
        super(store);
        this.left = call;
        this.action = action;
    }

    private void step() {
        if (--left == 0) {
            action.run();
        }
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        step();
        return super.open(key, offset, length);
    }

    @Override
    public ListPage list(ListRequest request) throws IOException {
        step();
        return super.list(request);
    }
}
