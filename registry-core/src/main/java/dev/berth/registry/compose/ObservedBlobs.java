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
import dev.berth.registry.event.RegistryEvent;
import java.time.Duration;
import java.util.Optional;

/** The blobs of an {@link Observed} registry. */
final class ObservedBlobs extends ForwardingBlobs {
    private final RepositoryName repository;
    private final Teller teller;

    ObservedBlobs(RepositoryName repository, Blobs delegate, Teller teller) {
        super(delegate);
        this.repository = repository;
        this.teller = teller;
    }

    @Override
    public BlobContent open(Digest digest, ByteRange range) {
        BlobContent content = super.open(digest, range);
        teller.tell((at, actor) -> new RegistryEvent.BlobPulled(at, repository, actor, content.descriptor()));
        return content;
    }

    /** Whoever has the address can pull without being seen, so that the address is asked for is what counts. */
    @Override
    public Optional<DirectUrl> directUrl(Digest digest, Duration validity) {
        Optional<DirectUrl> url = super.directUrl(digest, validity);
        url.map(DirectUrl::blob)
                .ifPresent(
                        blob -> teller.tell((at, actor) -> new RegistryEvent.BlobPulled(at, repository, actor, blob)));
        return url;
    }

    @Override
    public Descriptor push(Digest expected, BlobSource content) {
        return pushed(super.push(expected, content));
    }

    private Descriptor pushed(Descriptor blob) {
        teller.tell((at, actor) -> new RegistryEvent.BlobPushed(at, repository, actor, blob));
        return blob;
    }

    @Override
    public Optional<Descriptor> mount(Digest digest, MountSource source) {
        Optional<Descriptor> mounted = super.mount(digest, source);
        mounted.ifPresent(
                blob -> teller.tell((at, actor) -> new RegistryEvent.BlobMounted(at, repository, actor, blob)));
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
        };
    }

    @Override
    public boolean delete(Digest digest) {
        boolean deleted = super.delete(digest);
        if (deleted) {
            teller.tell((at, actor) -> new RegistryEvent.BlobDeleted(at, repository, actor, digest));
        }
        return deleted;
    }
}
