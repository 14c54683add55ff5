package dev.berth.registry.maintenance;

import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose process dies at one of its calls; a batch may be made in part. */
final class DyingStore extends ForwardingObjectStore {
    private final AtomicInteger left;

    DyingStore(ObjectStore delegate, int calls) {
        super(delegate);
        this.left = new AtomicInteger(calls);
    }

    /** The end of the process. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1;
    }

    private void call() {
        if (left.decrementAndGet() < 0) {
            throw new Died();
        }
    }

    @Override
    public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
        call();
        return super.stat(key);
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        call();
        return super.open(key, offset, length);
    }

    @Override
    public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
        call();
        return super.put(key, content, condition);
    }

    @Override
    public Optional<ObjectVersion> putForDeletion(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        call();
        return super.putForDeletion(key, content, condition);
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        call();
        super.delete(key);
    }

    @Override
    public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        call();
        return super.deleteIfUnchanged(key, version);
    }

    @Override
    public ListPage list(ListRequest request) throws IOException {
        call();
        return super.list(request);
    }

    @Override
    public void apply(ObjectBatch batch) throws IOException {
        for (ObjectBatch.Change change : batch.changes()) {
            change.make(this);
        }
    }
}
