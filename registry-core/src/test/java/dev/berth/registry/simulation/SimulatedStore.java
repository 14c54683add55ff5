package dev.berth.registry.simulation;

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
import dev.berth.registry.storage.Prefetch;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The store as one process sees it. Before and after each call others may go on, time may pass, and the process may die; the
 * changes of a batch are calls of their own, in any order. See {@link SimulatedCalls}.
 */
final class SimulatedStore implements ObjectStore {
    private final SimulatedCalls calls;
    private final Life life;
    private final StableNames names;
    private final OwnMarks marks;

    SimulatedStore(SimulatedCalls calls, Life life, StableNames names) {
        this.calls = calls;
        this.life = life;
        this.names = names;
        this.marks = new OwnMarks(life);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
        ObjectKey stable = names.stable(key);
        return calls.read(life, "stat", stable.value(), objects -> objects.stat(stable));
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        ObjectKey stable = names.stable(key);
        return calls.read(life, "open", stable.value(), objects -> objects.open(stable, offset, length))
                .map(content -> marks.reading(stable, content));
    }

    @Override
    public ListPage list(ListRequest request) throws IOException {
        ListRequest stable = ListRequest.builder(names.stable(request.prefix()))
                .grouped(request.grouped())
                .after(names.stable(request.after()))
                .limit(request.limit())
                .build();
        ListPage page = calls.read(life, "list", stable.prefix().value(), objects -> objects.list(stable));
        return new ListPage(page.names().stream().map(names::original).toList(), page.last());
    }

    @Override
    public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
        return put("put", key, content, condition);
    }

    @Override
    public Optional<ObjectVersion> putForDeletion(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        return put("put", key, content, condition);
    }

    private Optional<ObjectVersion> put(String what, ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        ObjectKey stable = names.stable(key);
        byte[] written = marks.writing(stable, content);
        return calls.change(life, what, stable.value(), objects -> objects.put(stable, written, condition));
    }

    @Override
    public Optional<ObjectVersion> putTransient(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        ObjectKey stable = names.stable(key);
        return calls.change(life, "put", stable.value(), objects -> objects.putTransient(stable, content, condition));
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        apply(ObjectBatch.builder().delete(key).build());
    }

    @Override
    public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        ObjectKey stable = names.stable(key);
        return calls.change(life, "deleteIf", stable.value(), objects -> objects.deleteIfUnchanged(stable, version));
    }

    @Override
    public void deleteTree(KeyPrefix prefix) throws IOException {
        KeyPrefix stable = names.stable(prefix);
        if (exclusive()) {
            calls.change(life, "delete", stable + "…", objects -> {
                objects.deleteTree(stable);
                return true;
            });
        } else {
            ObjectStore.super.deleteTree(prefix);
        }
    }

    @Override
    public void mark(Collection<ObjectKey> keys) throws IOException {
        apply(ObjectBatch.builder().mark(keys).build());
    }

    @Override
    public void apply(ObjectBatch batch) throws IOException {
        List<ObjectBatch.Change> changes = new ArrayList<>();
        batch.changes().forEach(change -> changes.add(stable(change)));
        calls.apply(life, changes);
    }

    private ObjectBatch.Change stable(ObjectBatch.Change change) {
        ObjectKey key = names.stable(change.key());
        if (change instanceof ObjectBatch.Put put) {
            return new ObjectBatch.Put(key, marks.writing(key, put.content()));
        }
        if (change instanceof ObjectBatch.Mark) {
            return new ObjectBatch.Mark(key);
        }
        if (change instanceof ObjectBatch.Commit commit) {
            return new ObjectBatch.Commit(((Upload) commit.upload()).upload, key, commit.size());
        }
        return new ObjectBatch.Delete(key);
    }

    @Override
    public <T> Prefetch<T> prefetch(Prefetch.Reading<T> reading, Consumer<? super T> discard) {
        return calls.readsAhead() ? new ReadAhead<>(reading, discard) : Prefetch.whenAsked(reading);
    }

    @Override
    public ObjectUpload startUpload(ObjectKey staging) throws IOException {
        ObjectKey stable = names.stable(staging);
        return new Upload(stable, calls.change(life, "upload", stable.value(), objects -> objects.startUpload(stable)));
    }

    @Override
    public Optional<ObjectUpload> resumeUpload(ObjectKey staging) throws IOException {
        ObjectKey stable = names.stable(staging);
        return calls.read(life, "resume", stable.value(), objects -> objects.resumeUpload(stable))
                .map(upload -> new Upload(stable, upload));
    }

    @Override
    public boolean exclusive() {
        return calls.exclusive();
    }

    @Override
    public String transientEpoch() {
        return calls.epoch();
    }

    @Override
    public String identity() {
        return "simulated";
    }

    @Override
    public void close() {}

    private final class Upload implements ObjectUpload {
        private final ObjectKey staging;
        private final ObjectUpload upload;

        Upload(ObjectKey staging, ObjectUpload upload) {
            this.staging = staging;
            this.upload = upload;
        }

        @Override
        public long size() throws IOException {
            return calls.read(life, "size", staging.value(), objects -> upload.size());
        }

        @Override
        public long append(long offset, InputStream content) throws IOException {
            byte[] bytes = content.readAllBytes();
            return calls.change(
                    life, "append", staging.value(), objects -> upload.append(offset, new ByteArrayInputStream(bytes)));
        }

        @Override
        public InputStream open() throws IOException {
            return calls.read(life, "open", staging.value(), objects -> upload.open());
        }

        @Override
        public void commit(ObjectKey key, long expectedSize) throws IOException {
            apply(ObjectBatch.builder().commit(this, key, expectedSize).build());
        }

        @Override
        public void abort() throws IOException {
            calls.change(life, "abort", staging.value(), objects -> {
                upload.abort();
                return true;
            });
        }

        @Override
        public void close() {
            upload.close();
        }
    }

    /** A read that was done before anybody asked for its result. */
    private static final class ReadAhead<T> implements Prefetch<T> {
        private final Consumer<? super T> discard;
        private @Nullable T result;
        private @Nullable IOException failure;

        ReadAhead(Reading<T> reading, Consumer<? super T> discard) {
            this.discard = discard;
            try {
                result = reading.read();
            } catch (IOException e) {
                failure = e;
            }
        }

        @Override
        public T get() throws IOException {
            if (failure != null) {
                throw failure;
            }
            T taken = result;
            result = null;
            return taken;
        }

        @Override
        public void close() {
            if (result != null) {
                discard.accept(result);
                result = null;
            }
        }
    }
}
