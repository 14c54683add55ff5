package dev.berth.registry.access;

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
import dev.berth.registry.compose.DenyingBlobs;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** The blobs of a repository as one caller sees them. */
final class AuthorizedBlobs extends DenyingBlobs {
    private final RepositoryName repository;
    private final Blobs delegate;
    private final Rights rights;

    AuthorizedBlobs(RepositoryName repository, Blobs delegate, Rights rights) {
        super(repository, rights.refusals().in(repository));
        this.repository = repository;
        this.delegate = delegate;
        this.rights = rights;
    }

    @Override
    public Optional<Descriptor> find(Digest digest) {
        return rights.mayPull(repository) ? delegate.find(digest) : super.find(digest);
    }

    @Override
    public BlobContent open(Digest digest, ByteRange range) {
        return rights.mayPull(repository) ? delegate.open(digest, range) : super.open(digest, range);
    }

    @Override
    public Optional<DirectUrl> directUrl(Digest digest, Duration validity) {
        return rights.mayPull(repository) ? delegate.directUrl(digest, validity) : super.directUrl(digest, validity);
    }

    @Override
    public Descriptor push(Digest expected, BlobSource content) {
        return rights.mayPush(repository) ? delegate.push(expected, content) : super.push(expected, content);
    }

    @Override
    public Optional<Descriptor> mount(Digest digest, MountSource source) {
        if (!rights.mayPush(repository)) {
            return super.mount(digest, source);
        }
        return readable(source).flatMap(from -> delegate.mount(digest, from));
    }

    /** Returns the part of a source that the caller may pull from, if there is any. */
    private Optional<MountSource> readable(MountSource source) {
        if (source instanceof MountSource.From from) {
            return Optional.of(source).filter(any -> rights.mayPull(from.repository()));
        }
        Predicate<RepositoryName> mayMountFrom = rights::mayMountFrom;
        if (source instanceof MountSource.AnyReadable limited) {
            return Optional.of(MountSource.anyReadable(mayMountFrom.and(limited.readable())));
        }
        return Optional.of(MountSource.anyReadable(mayMountFrom));
    }

    @Override
    public BlobUpload startUpload(UploadOptions options) {
        return rights.mayPush(repository) ? delegate.startUpload(options) : super.startUpload(options);
    }

    @Override
    public BlobUpload resumeUpload(UploadId id) {
        return rights.mayPush(repository) ? delegate.resumeUpload(id) : super.resumeUpload(id);
    }

    @Override
    public boolean delete(Digest digest) {
        return rights.mayDelete(repository) ? delegate.delete(digest) : super.delete(digest);
    }
}
