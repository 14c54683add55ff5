package dev.berth.registry.quota;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.UploadOptions;
import dev.berth.registry.compose.ForwardingBlobs;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** The blobs of a repository with a quota. */
final class QuotaBlobs extends ForwardingBlobs {
    private final RepositoryName repository;
    private final Quotas quotas;

    QuotaBlobs(Blobs blobs, RepositoryName repository, Quotas quotas) {
        super(blobs);
        this.repository = repository;
        this.quotas = quotas;
    }

    @Override
    public Descriptor push(Digest expected, BlobSource content) {
        try (Operation operation = quotas.begin(repository, false)) {
            Item item = Item.blob(expected);
            if (content.size().isPresent()) {
                quotas.reserve(
                        operation.reservation(), new Amount(content.size().getAsLong(), 0), () -> shows(expected));
                return push(operation, item, content);
            }
            GuardedSource guarded = new GuardedSource(
                    content,
                    bytes -> quotas.reserve(operation.reservation(), new Amount(bytes, 0), () -> shows(expected)));
            try {
                return push(operation, item, guarded);
            } catch (RegistryException e) {
                throw guarded.refusal().orElse(e);
            }
        }
    }

    private Descriptor push(Operation operation, Item item, BlobSource content) {
        operation.touch(item);
        try {
            Descriptor blob = delegate().push(item.digest(), content);
            operation.shown(item, blob.size());
            return blob;
        } catch (RegistryException e) {
            operation.failed(e);
            throw e;
        }
    }

    private boolean shows(Digest digest) {
        return delegate().find(digest).isPresent();
    }

    @Override
    public Optional<Descriptor> mount(Digest digest, MountSource source) {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(source, "source");
        OptionalLong size = quotas.size(digest);
        if (size.isEmpty()) {
            // Nobody has it; but a mount that is not authorized, say, must fail as it does.
            return delegate().find(digest).isPresent() ? delegate().mount(digest, source) : Optional.empty();
        }
        try (Operation operation = quotas.begin(repository, false)) {
            try {
                quotas.reserve(operation.reservation(), new Amount(size.getAsLong(), 0), () -> shows(digest));
            } catch (RegistryException e) {
                if (quotas.shows(source, digest)) {
                    throw e;
                }
                // Whether others have the blob is not to be learnt. The push that follows is refused.
                return Optional.empty();
            }
            Item item = Item.blob(digest);
            operation.touch(item);
            try {
                Optional<Descriptor> mounted = delegate().mount(digest, source);
                if (mounted.isPresent()) {
                    operation.shown(item, mounted.get().size());
                } else {
                    operation.reservation().releaseAll();
                }
                return mounted;
            } catch (RegistryException e) {
                operation.failed(e);
                throw e;
            }
        }
    }

    @Override
    public BlobUpload startUpload(UploadOptions options) {
        BlobUpload upload = delegate().startUpload(options);
        quotas.uploads().started(upload.id(), () -> quotas.reservation(repository));
        return new QuotaUpload(upload, delegate(), repository, quotas);
    }

    @Override
    public BlobUpload resumeUpload(UploadId id) {
        return new QuotaUpload(delegate().resumeUpload(id), delegate(), repository, quotas);
    }

    @Override
    public boolean delete(Digest digest) {
        try (Operation operation = quotas.begin(repository, true)) {
            operation.touch(Item.blob(digest));
            return delegate().delete(digest);
        }
    }
}
