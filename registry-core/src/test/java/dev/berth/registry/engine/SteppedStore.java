package dev.berth.registry.engine;

import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ForwardingObjectUpload;
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
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Optional;

/** A store that calls a test before and after each call, so that it can stop the call or do something at that point. */
final class SteppedStore extends ForwardingObjectStore {
    private final Steps steps;
    private final BatchOrder order;

    SteppedStore(ObjectStore store, Steps steps) {
        this(store, steps, BatchOrder.AS_ADDED);
    }

    SteppedStore(ObjectStore store, Steps steps, BatchOrder order) {
        super(store);
        this.steps = steps;
        this.order = order;
    }

    /** Is told of each step: two for each call. Whatever it throws ends the call. */
    interface Steps {
        void step();
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private <T> T stepped(Call<T> call) throws IOException {
        try {
            steps.step();
            T result = call.run();
            steps.step();
            return result;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
        return stepped(() -> delegate().stat(key));
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        return stepped(() -> delegate().open(key, offset, length));
    }

    @Override
    public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
        return stepped(() -> delegate().put(key, content, condition));
    }

    @Override
    public Optional<ObjectVersion> putForDeletion(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        return stepped(() -> delegate().putForDeletion(key, content, condition));
    }

    @Override
    public void mark(Collection<ObjectKey> keys) throws IOException {
        // One after the other: a store may stop between any two of them.
        for (ObjectBatch.Change mark : order.of(ObjectBatch.builder().mark(keys).build())) {
            put(mark.key(), new byte[0], PutCondition.ifAbsent());
        }
    }

    @Override
    public void apply(ObjectBatch batch) throws IOException {
        for (ObjectBatch.Change change : order.of(batch)) {
            change.make(this);
        }
    }

    @Override
    public Optional<ObjectVersion> putTransient(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        return stepped(() -> delegate().putTransient(key, content, condition));
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        stepped(() -> {
            delegate().delete(key);
            return true;
        });
    }

    @Override
    public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        return stepped(() -> delegate().deleteIfUnchanged(key, version));
    }

    @Override
    public void deleteTree(KeyPrefix prefix) throws IOException {
        for (String key : delegate().list(ListRequest.tree(prefix)).names()) {
            delete(ObjectKey.of(key));
        }
    }

    @Override
    public ListPage list(ListRequest request) throws IOException {
        return stepped(() -> delegate().list(request));
    }

    @Override
    public ObjectUpload startUpload(ObjectKey staging) throws IOException {
        return stepped(() -> new SteppedUpload(delegate().startUpload(staging)));
    }

    @Override
    public Optional<ObjectUpload> resumeUpload(ObjectKey staging) throws IOException {
        return stepped(() -> delegate().resumeUpload(staging).map(SteppedUpload::new));
    }

    @Override
    public void close() {
        // The store is the test's.
    }

    private final class SteppedUpload extends ForwardingObjectUpload {
        SteppedUpload(ObjectUpload upload) {
            super(upload);
        }

        @Override
        public long size() throws IOException {
            return stepped(delegate()::size);
        }

        @Override
        public long append(long offset, InputStream content) throws IOException {
            return stepped(() -> delegate().append(offset, content));
        }

        @Override
        public InputStream open() throws IOException {
            return stepped(delegate()::open);
        }

        @Override
        public void commit(ObjectKey key, long expectedSize) throws IOException {
            stepped(() -> {
                delegate().commit(key, expectedSize);
                return true;
            });
        }

        @Override
        public void abort() throws IOException {
            stepped(() -> {
                delegate().abort();
                return true;
            });
        }
    }
}
