package dev.berth.registry.compose;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.UploadId;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * An upload that forwards every method to another upload: a base for wrappers. Closing it closes the other upload.
 *
 * @since 0.1
 */
public abstract class ForwardingBlobUpload implements BlobUpload {
    private final BlobUpload delegate;

    /** Creates an object that forwards to the given upload. */
    protected ForwardingBlobUpload(BlobUpload delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** Returns the upload behind this one. */
    protected final BlobUpload delegate() {
        return delegate;
    }

    @Override
    public UploadId id() {
        return delegate.id();
    }

    @Override
    public long offset() {
        return delegate.offset();
    }

    @Override
    public long minimumChunkLength() {
        return delegate.minimumChunkLength();
    }

    @Override
    public long append(long offset, BlobSource content) {
        return delegate.append(offset, content);
    }

    @Override
    public Descriptor commit(Digest expected) {
        return delegate.commit(expected);
    }

    @Override
    public Descriptor commit(OptionalLong offset, BlobSource last, Digest expected) {
        return delegate.commit(offset, last, expected);
    }

    @Override
    public void cancel() {
        delegate.cancel();
    }

    @Override
    public void close() {
        delegate.close();
    }
}
