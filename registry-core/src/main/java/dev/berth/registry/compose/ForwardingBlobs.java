package dev.berth.registry.compose;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DirectUrl;
import dev.berth.registry.MountSource;
import dev.berth.registry.UploadId;
import dev.berth.registry.UploadOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Blobs that forward every method to those of another registry: a base for wrappers.
 *
 * @since 0.1
 */
public abstract class ForwardingBlobs implements Blobs {
    private final Blobs delegate;

    /** Creates an object that forwards to the given blobs. */
    protected ForwardingBlobs(Blobs delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** Returns the blobs behind these. */
    protected final Blobs delegate() {
        return delegate;
    }

    @Override
    public Optional<Descriptor> find(Digest digest) {
        return delegate.find(digest);
    }

    @Override
    public BlobContent open(Digest digest, ByteRange range) {
        return delegate.open(digest, range);
    }

    @Override
    public Optional<DirectUrl> directUrl(Digest digest, Duration validity) {
        return delegate.directUrl(digest, validity);
    }

    @Override
    public Descriptor push(Digest expected, BlobSource content) {
        return delegate.push(expected, content);
    }

    @Override
    public Optional<Descriptor> mount(Digest digest, MountSource source) {
        return delegate.mount(digest, source);
    }

    @Override
    public BlobUpload startUpload(UploadOptions options) {
        return delegate.startUpload(options);
    }

    @Override
    public BlobUpload resumeUpload(UploadId id) {
        return delegate.resumeUpload(id);
    }

    @Override
    public boolean delete(Digest digest) {
        return delegate.delete(digest);
    }
}
