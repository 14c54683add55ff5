package dev.berth.registry.quota;

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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The store of a node: its calls are counted, and after some of them it fails for a while, or for good. */
final class MortalStore extends ForwardingObjectStore {
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger until = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger failures = new AtomicInteger();

    MortalStore(ObjectStore store) {
        super(store);
    }

    /** Lets calls fail after so many more, so often; of the first of them the effect remains. */
    void failAfter(int count, int times) {
        failures.set(times);
        until.set(count);
    }

    void recover() {
        until.set(Integer.MAX_VALUE);
        failures.set(0);
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private <T> T call(String operation, Object key, Call<T> call) throws IOException {
        calls.add(operation + " " + key);
        if (until.get() == Integer.MAX_VALUE) {
            return call.run();
        }
        int left = until.decrementAndGet();
        if (left > 0) {
            return call.run();
        }
        if (failures.decrementAndGet() < 0) {
            recover();
            return call.run();
        }
        if (left == 0) {
            T lost = call.run();
            throw new IOException("The answer " + lost + " was lost");
        }
        throw new IOException("The store does not answer");
    }

    @Override
    public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
        return call("stat", key, () -> super.stat(key));
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        return call("open", key, () -> super.open(key, offset, length));
    }

    @Override
    public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
        return call("put", key, () -> super.put(key, content, condition));
    }

    @Override
    public Optional<ObjectVersion> putForDeletion(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        return call("put", key, () -> super.putForDeletion(key, content, condition));
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        call("delete", key, () -> {
            super.delete(key);
            return true;
        });
    }

    @Override
    public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        return call("delete", key, () -> super.deleteIfUnchanged(key, version));
    }

    @Override
    public ListPage list(ListRequest request) throws IOException {
        return call("list", request.prefix(), () -> super.list(request));
    }

    @Override
    public void mark(Collection<ObjectKey> keys) throws IOException {
        for (ObjectKey key : keys) {
            put(key, new byte[0], PutCondition.ifAbsent());
        }
    }

    @Override
    public void apply(ObjectBatch batch) throws IOException {
        for (ObjectBatch.Change change : batch.changes()) {
            call("apply", "", () -> {
                change.make(delegate());
                return true;
            });
        }
    }

    @Override
    public ObjectUpload startUpload(ObjectKey staging) throws IOException {
        return call("startUpload", staging, () -> super.startUpload(staging));
    }

    @Override
    public Optional<ObjectUpload> resumeUpload(ObjectKey staging) throws IOException {
        return call("resumeUpload", staging, () -> super.resumeUpload(staging));
    }
}
