package dev.berth.registry.mirror.replication;

import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.Optional;

/** A store of a process that can be killed by another thread: nothing happens after that. */
final class DyingStore extends ForwardingObjectStore {
    private volatile boolean dead;

    DyingStore(ObjectStore store) {
        super(store);
    }

    void die() {
        dead = true;
    }

    private void check() throws IOException {
        if (dead) {
            throw new IOException("The process was killed");
        }
    }

    @Override
    public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
        check();
        return super.stat(key);
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        check();
        return super.open(key, offset, length);
    }

    @Override
    public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
        check();
        return super.put(key, content, condition);
    }

    @Override
    public Optional<ObjectVersion> putForDeletion(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        check();
        return super.putForDeletion(key, content, condition);
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        check();
        super.delete(key);
    }

    @Override
    public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        check();
        return super.deleteIfUnchanged(key, version);
    }

    @Override
    public ListPage list(ListRequest request) throws IOException {
        check();
        return super.list(request);
    }

    /** One after the other, so that a kill leaves some. */
    @Override
    public void apply(ObjectBatch batch) throws IOException {
        for (ObjectBatch.Change change : batch.changes()) {
            check();
            change.make(delegate());
        }
    }

    @Override
    public ObjectUpload startUpload(ObjectKey staging) throws IOException {
        check();
        return super.startUpload(staging);
    }

    @Override
    public Optional<ObjectUpload> resumeUpload(ObjectKey staging) throws IOException {
        check();
        return super.resumeUpload(staging);
    }
}
