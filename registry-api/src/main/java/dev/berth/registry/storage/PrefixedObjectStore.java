package dev.berth.registry.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/**
 * A view of the objects below a prefix of another store: the key {@code a/b} of the view is the key {@code prefix/a/b}
 * of that store. Objects outside the prefix are not accessible through it.
 *
 * <p>A key of the view must fit with the prefix into {@link ObjectKey#MAX_BYTES}; a longer one is rejected with an
 * {@link IllegalArgumentException}. Messages of exceptions name the full key.
 *
 * <p>Closing the view leaves the other store open. The view supports concurrent threads and processes as that store
 * does.
 *
 * @since 0.1
 */
public final class PrefixedObjectStore extends ForwardingObjectStore {
    private final KeyPrefix prefix;
    private volatile boolean closed;

    private PrefixedObjectStore(ObjectStore store, KeyPrefix prefix) {
        super(store);
        this.prefix = Objects.requireNonNull(prefix, "prefix");
    }

    /** Returns a view of the objects below a prefix of a store. The caller closes the store, after the view. */
    public static PrefixedObjectStore of(ObjectStore store, KeyPrefix prefix) {
        return new PrefixedObjectStore(store, prefix);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
        return target().stat(full(key));
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        return target().open(full(key), offset, length);
    }

    @Override
    public Optional<ObjectContent> openStored(ObjectKey key) throws IOException {
        return target().openStored(full(key));
    }

    @Override
    public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
        return target().put(full(key), content, condition);
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        target().delete(full(key));
    }

    @Override
    public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        return target().deleteIfUnchanged(full(key), version);
    }

    @Override
    public ListPage list(ListRequest request) throws IOException {
        ListPage page = target().list(ListRequest.builder(prefix.resolve(request.prefix()))
                .grouped(request.grouped())
                .after(request.after().isEmpty() ? "" : prefix + request.after())
                .limit(request.limit())
                .build());
        int hidden = prefix.value().length();
        return new ListPage(
                page.names().stream().map(name -> name.substring(hidden)).toList(), page.last());
    }

    @Override
    public ObjectUpload startUpload(ObjectKey staging) throws IOException {
        return new PrefixedUpload(target().startUpload(full(staging)));
    }

    @Override
    public Optional<ObjectUpload> resumeUpload(ObjectKey staging) throws IOException {
        return target().resumeUpload(full(staging)).map(PrefixedUpload::new);
    }

    /** Returns the identity of the other store and the prefix. */
    @Override
    public String identity() {
        return delegate().identity() + " below '" + prefix + "'";
    }

    /** Closes the view. The other store stays open. */
    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void deleteTree(KeyPrefix inner) throws IOException {
        target().deleteTree(prefix.resolve(inner));
    }

    @Override
    public Optional<ObjectVersion> putForDeletion(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        return target().putForDeletion(full(key), content, condition);
    }

    @Override
    public void mark(Collection<ObjectKey> keys) throws IOException {
        target().mark(keys.stream().map(this::full).toList());
    }

    @Override
    public void apply(ObjectBatch batch) throws IOException {
        ObjectBatch.Builder full = ObjectBatch.builder();
        for (ObjectBatch.Change change : batch.changes()) {
            if (change instanceof ObjectBatch.Put put) {
                full.put(full(put.key()), put.content());
            } else if (change instanceof ObjectBatch.Mark mark) {
                full.mark(full(mark.key()));
            } else if (change instanceof ObjectBatch.Delete delete) {
                full.delete(full(delete.key()));
            } else if (change instanceof ObjectBatch.Commit commit && commit.upload() instanceof PrefixedUpload ours) {
                full.commit(ours.target(), full(commit.key()), commit.size());
            } else {
                change.make(this);
            }
        }
        target().apply(full.build());
    }

    @Override
    public Optional<ObjectVersion> putTransient(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        return target().putTransient(full(key), content, condition);
    }

    @Override
    public boolean exclusive() {
        return delegate().exclusive();
    }

    @Override
    public String transientEpoch() {
        return delegate().transientEpoch();
    }

    @Override
    public boolean write(ObjectKey key, InputStream content, long size) throws IOException {
        return target().write(full(key), content, size);
    }

    @Override
    public void dropLeftovers(KeyPrefix inner, Duration age) throws IOException {
        target().dropLeftovers(prefix.resolve(inner), age);
    }

    @Override
    public Optional<URI> directUrl(ObjectKey key, Duration validity) throws IOException {
        return target().directUrl(full(key), validity);
    }

    @Override
    public void checkHealth() throws IOException {
        target().checkHealth();
    }

    private ObjectKey full(ObjectKey key) {
        return prefix.key(key.value());
    }

    /** Returns the other store, unless the view is closed. */
    private ObjectStore target() throws IOException {
        if (closed) {
            throw new IOException("This view of '" + prefix + "' was closed");
        }
        return delegate();
    }

    /** An upload that is committed to a key of the view. */
    private final class PrefixedUpload extends ForwardingObjectUpload {
        PrefixedUpload(ObjectUpload upload) {
            super(upload);
        }

        ObjectUpload target() {
            return delegate();
        }

        @Override
        public void commit(ObjectKey key, long expectedSize) throws IOException {
            delegate().commit(full(key), expectedSize);
        }
    }
}
