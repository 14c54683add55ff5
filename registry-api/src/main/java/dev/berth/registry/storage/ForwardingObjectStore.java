package dev.berth.registry.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Forwards every call to another store. Base of stores that measure, limit, restrict or change another one: a subclass
 * overrides the methods that it is about.
 *
 * <p>Three things to know when overriding:
 *
 * <ul>
 *   <li>{@link #open(ObjectKey)} is not forwarded but calls {@link #open(ObjectKey, long, long)}, so that overriding
 *       the latter covers every read but that of {@link #openStored}.
 *   <li>The other optional methods are forwarded too. {@link #putForDeletion}, {@link #mark}, {@link #apply}, {@link
 *       #putTransient}, {@link #write} and {@link #deleteTree} do not call {@link #put} and {@link #delete} of the subclass; a subclass that must see every change overrides all of them.
 *   <li>{@link #prefetch} forwards the reading, which calls whatever store its caller has given it.
 * </ul>
 *
 * <p>As thread-safe as the other store and the subclass.
 *
 * @since 0.1
 */
public abstract class ForwardingObjectStore implements ObjectStore {
    private final ObjectStore delegate;

    /** Creates a store that forwards to this one. */
    protected ForwardingObjectStore(ObjectStore delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** Returns the store that calls are forwarded to. */
    protected final ObjectStore delegate() {
        return delegate;
    }

    @Override
    public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
        return delegate.stat(key);
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        return delegate.open(key, offset, length);
    }

    @Override
    public Optional<ObjectContent> openStored(ObjectKey key) throws IOException {
        return delegate.openStored(key);
    }

    @Override
    public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
        return delegate.put(key, content, condition);
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        delegate.delete(key);
    }

    @Override
    public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        return delegate.deleteIfUnchanged(key, version);
    }

    @Override
    public ListPage list(ListRequest request) throws IOException {
        return delegate.list(request);
    }

    @Override
    public ObjectUpload startUpload(ObjectKey staging) throws IOException {
        return delegate.startUpload(staging);
    }

    @Override
    public Optional<ObjectUpload> resumeUpload(ObjectKey staging) throws IOException {
        return delegate.resumeUpload(staging);
    }

    @Override
    public String identity() {
        return delegate.identity();
    }

    @Override
    public void close() throws IOException {
        delegate.close();
    }

    @Override
    public void deleteTree(KeyPrefix prefix) throws IOException {
        delegate.deleteTree(prefix);
    }

    @Override
    public Optional<ObjectVersion> putForDeletion(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        return delegate.putForDeletion(key, content, condition);
    }

    @Override
    public void mark(Collection<ObjectKey> keys) throws IOException {
        delegate.mark(keys);
    }

    @Override
    public void apply(ObjectBatch batch) throws IOException {
        delegate.apply(batch);
    }

    @Override
    public Optional<ObjectVersion> putTransient(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        return delegate.putTransient(key, content, condition);
    }

    @Override
    public boolean exclusive() {
        return delegate.exclusive();
    }

    @Override
    public String transientEpoch() {
        return delegate.transientEpoch();
    }

    @Override
    public boolean write(ObjectKey key, InputStream content, long size) throws IOException {
        return delegate.write(key, content, size);
    }

    @Override
    public <T> Prefetch<T> prefetch(Prefetch.Reading<T> reading, Consumer<? super T> discard) {
        return delegate.prefetch(reading, discard);
    }

    @Override
    public void dropLeftovers(KeyPrefix prefix, Duration age) throws IOException {
        delegate.dropLeftovers(prefix, age);
    }

    @Override
    public Optional<URI> directUrl(ObjectKey key, Duration validity) throws IOException {
        return delegate.directUrl(key, validity);
    }

    @Override
    public void checkHealth() throws IOException {
        delegate.checkHealth();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + delegate + "]";
    }
}
