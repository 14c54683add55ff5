package dev.berth.registry.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Forwards every call to another upload. Companion of {@link ForwardingObjectStore}, for stores that also change or
 * watch uploads. As thread-safe as the other upload and the subclass.
 *
 * @since 0.1
 */
public abstract class ForwardingObjectUpload implements ObjectUpload {
    private final ObjectUpload delegate;

    /** Creates an upload that forwards to this one. */
    protected ForwardingObjectUpload(ObjectUpload delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** Returns the upload that calls are forwarded to. */
    protected final ObjectUpload delegate() {
        return delegate;
    }

    @Override
    public long size() throws IOException {
        return delegate.size();
    }

    @Override
    public long append(long offset, InputStream content) throws IOException {
        return delegate.append(offset, content);
    }

    @Override
    public InputStream open() throws IOException {
        return delegate.open();
    }

    @Override
    public void commit(ObjectKey key, long expectedSize) throws IOException {
        delegate.commit(key, expectedSize);
    }

    @Override
    public void abort() throws IOException {
        delegate.abort();
    }

    @Override
    public void close() {
        delegate.close();
    }
}
