package dev.berth.registry.metrics;

import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.KeyPrefix;
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
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** Times the calls of a store. It can do what the store can, and nothing else. */
final class TimedStore extends ForwardingObjectStore {
    private final StorageTimers timers;

    TimedStore(ObjectStore delegate, StorageTimers timers) {
        super(delegate);
        this.timers = timers;
    }

    @Override
    public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
        return timers.time(StorageAction.STAT, () -> super.stat(key));
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        return timers.time(StorageAction.GET_CONTENT, () -> super.open(key, offset, length));
    }

    @Override
    public Optional<ObjectContent> openStored(ObjectKey key) throws IOException {
        return timers.time(StorageAction.GET_CONTENT, () -> super.openStored(key));
    }

    @Override
    public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
        return timers.time(StorageAction.PUT_CONTENT, () -> super.put(key, content, condition));
    }

    @Override
    public Optional<ObjectVersion> putForDeletion(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        return timers.time(StorageAction.PUT_CONTENT, () -> super.putForDeletion(key, content, condition));
    }

    @Override
    public Optional<ObjectVersion> putTransient(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        return timers.time(StorageAction.PUT_CONTENT, () -> super.putTransient(key, content, condition));
    }

    @Override
    public void mark(Collection<ObjectKey> keys) throws IOException {
        timers.time(StorageAction.PUT_CONTENT, () -> {
            super.mark(keys);
            return true;
        });
    }

    @Override
    public void apply(ObjectBatch batch) throws IOException {
        ObjectBatch own = own(batch);
        timers.time(commits(batch) ? StorageAction.MOVE : StorageAction.APPLY, () -> {
            super.apply(own);
            return true;
        });
    }

    /** A batch that ends an upload is what a commit is in other stores, together with what belongs to it. */
    private static boolean commits(ObjectBatch batch) {
        for (ObjectBatch.Change change : batch.changes()) {
            if (change instanceof ObjectBatch.Commit) {
                return true;
            }
        }
        return false;
    }

    /** Returns the batch with the uploads of the store itself, which it could not commit together with the rest otherwise. */
    private static ObjectBatch own(ObjectBatch batch) {
        boolean anyTimed = false;
        for (ObjectBatch.Change change : batch.changes()) {
            anyTimed |= change instanceof ObjectBatch.Commit commit && commit.upload() instanceof TimedUpload;
        }
        if (!anyTimed) {
            return batch;
        }
        ObjectBatch.Builder own = ObjectBatch.builder();
        for (ObjectBatch.Change change : batch.changes()) {
            own.add(
                    change instanceof ObjectBatch.Commit commit && commit.upload() instanceof TimedUpload timed
                            ? new ObjectBatch.Commit(timed.target(), commit.key(), commit.size())
                            : change);
        }
        return own.build();
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        timers.time(StorageAction.DELETE, () -> {
            super.delete(key);
            return true;
        });
    }

    @Override
    public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        return timers.time(StorageAction.DELETE, () -> super.deleteIfUnchanged(key, version));
    }

    @Override
    public void deleteTree(KeyPrefix prefix) throws IOException {
        timers.time(StorageAction.DELETE, () -> {
            super.deleteTree(prefix);
            return true;
        });
    }

    @Override
    public ListPage list(ListRequest request) throws IOException {
        return timers.time(StorageAction.LIST, () -> super.list(request));
    }

    @Override
    public ObjectUpload startUpload(ObjectKey staging) throws IOException {
        return new TimedUpload(timers.time(StorageAction.START_UPLOAD, () -> super.startUpload(staging)), timers);
    }

    @Override
    public Optional<ObjectUpload> resumeUpload(ObjectKey staging) throws IOException {
        return timers.time(StorageAction.RESUME_UPLOAD, () -> super.resumeUpload(staging))
                .map(upload -> new TimedUpload(upload, timers));
    }

    @Override
    public boolean write(ObjectKey key, InputStream content, long size) throws IOException {
        boolean written = timers.receive(() -> super.write(key, content, size));
        timers.received(written ? size : 0);
        return written;
    }

    @Override
    public void dropLeftovers(KeyPrefix prefix, Duration age) throws IOException {
        timers.time(StorageAction.DROP_LEFTOVERS, () -> {
            super.dropLeftovers(prefix, age);
            return true;
        });
    }

    @Override
    public Optional<URI> directUrl(ObjectKey key, Duration validity) throws IOException {
        return timers.time(StorageAction.URL_FOR, () -> super.directUrl(key, validity));
    }

    @Override
    public void checkHealth() throws IOException {
        timers.time(StorageAction.CHECK_HEALTH, () -> {
            super.checkHealth();
            return true;
        });
    }

    /** Returns the text of the store itself. */
    @Override
    public String toString() {
        return delegate().toString();
    }
}
