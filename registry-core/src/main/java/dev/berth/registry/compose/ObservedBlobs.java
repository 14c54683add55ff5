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
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.UploadOptions;
import dev.berth.registry.event.EventType;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The blobs of an {@link Observed} registry. */
final class ObservedBlobs extends ForwardingBlobs {
    private final RepositoryName repository;
    private final EventPublisher publisher;

    ObservedBlobs(RepositoryName repository, Blobs delegate, EventPublisher publisher) {
        super(delegate);
        this.repository = repository;
        this.publisher = publisher;
    }

    @Override
    public BlobContent open(Digest digest, ByteRange range) {
        BlobContent content = super.open(digest, range);
        try {
            publish(EventType.BLOB_PULLED, content.descriptor());
        } catch (RuntimeException e) {
            content.close();
            throw e;
        }
        return new ObservedContent(content, () -> publish(EventType.BLOB_DAMAGED, content.descriptor()));
    }

    private void publish(EventType type, Descriptor blob) {
        publisher.publish(type, repository, event -> event.descriptor(blob));
    }

    /** Publishes the request for the URL: the pull itself goes to the store and is not seen here. */
    @Override
    public Optional<DirectUrl> directUrl(Digest digest, Duration validity) {
        Optional<DirectUrl> url = super.directUrl(digest, validity);
        url.map(DirectUrl::blob).ifPresent(blob -> publish(EventType.BLOB_PULLED, blob));
        return url;
    }

    @Override
    public Descriptor push(Digest expected, BlobSource content) {
        return pushed(super.push(expected, content));
    }

    private Descriptor pushed(Descriptor blob) {
        publish(EventType.BLOB_PUSHED, blob);
        return blob;
    }

    @Override
    public Optional<Descriptor> mount(Digest digest, MountSource source) {
        Optional<Descriptor> mounted = super.mount(digest, source);
        mounted.ifPresent(blob -> publisher.publish(
                EventType.BLOB_MOUNTED,
                repository,
                event -> source instanceof MountSource.From from
                        ? event.descriptor(blob).mountedFrom(from.repository())
                        : event.descriptor(blob)));
        return mounted;
    }

    @Override
    public BlobUpload startUpload(UploadOptions options) {
        return observed(super.startUpload(options));
    }

    @Override
    public BlobUpload resumeUpload(UploadId id) {
        return observed(super.resumeUpload(id));
    }

    private BlobUpload observed(BlobUpload upload) {
        return new ForwardingBlobUpload(upload) {
            @Override
            public Descriptor commit(Digest expected) {
                return pushed(super.commit(expected));
            }

            @Override
            public Descriptor commit(OptionalLong offset, BlobSource last, Digest expected) {
                return pushed(super.commit(offset, last, expected));
            }
        };
    }

    @Override
    public boolean delete(Digest digest) {
        boolean deleted = super.delete(digest);
        if (deleted) {
            publisher.publish(EventType.BLOB_DELETED, repository, event -> event.digest(digest));
        }
        return deleted;
    }
}
