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
import java.util.Collection;
import java.util.Optional;

/** A store that counts its calls. */
final class MeteredStore extends ForwardingObjectStore {
    private final Throttle throttle;

    MeteredStore(ObjectStore delegate, Throttle throttle) {
        super(delegate);
        this.throttle = throttle;
    }

    @Override
    public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
        throttle.call();
        return super.stat(key);
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        throttle.call();
        return super.open(key, offset, length);
    }

    @Override
    public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
        throttle.call();
        return super.put(key, content, condition);
    }

    @Override
    public Optional<ObjectVersion> putForDeletion(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        throttle.call();
        return super.putForDeletion(key, content, condition);
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        throttle.call();
        super.delete(key);
    }

    @Override
    public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        throttle.call();
        return super.deleteIfUnchanged(key, version);
    }

    @Override
    public ListPage list(ListRequest request) throws IOException {
        throttle.call();
        return super.list(request);
    }

    @Override
    public void mark(Collection<ObjectKey> keys) throws IOException {
        keys.forEach(key -> throttle.call());
        super.mark(keys);
    }

    @Override
    public void apply(ObjectBatch batch) throws IOException {
        batch.changes().forEach(change -> throttle.call());
        super.apply(batch);
    }
}
