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
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Blobs of which every method fails with a {@link Denial}: a base for wrappers that allow some.
 *
 * @since 0.1
 */
public class DenyingBlobs implements Blobs {
    private final RepositoryName repository;
    private final Denial denial;

    /** Creates an object that denies everything. */
    public DenyingBlobs(RepositoryName repository, Denial denial) {
        this.repository = Objects.requireNonNull(repository, "repository");
        this.denial = Objects.requireNonNull(denial, "denial");
    }

    @Override
    public Optional<Descriptor> find(Digest digest) {
        throw denial.of("look up the blob " + digest + " in " + repository);
    }

    @Override
    public BlobContent open(Digest digest, ByteRange range) {
        throw denial.of("pull the blob " + digest + " from " + repository);
    }

    @Override
    public Optional<DirectUrl> directUrl(Digest digest, Duration validity) {
        throw denial.of("pull the blob " + digest + " from " + repository);
    }

    @Override
    public Descriptor push(Digest expected, BlobSource content) {
        throw denial.of("push the blob " + expected + " to " + repository);
    }

    @Override
    public Optional<Descriptor> mount(Digest digest, MountSource source) {
        throw denial.of("mount the blob " + digest + " in " + repository);
    }

    @Override
    public BlobUpload startUpload(UploadOptions options) {
        throw denial.of("push a blob to " + repository);
    }

    @Override
    public BlobUpload resumeUpload(UploadId id) {
        throw denial.of("push a blob to " + repository);
    }

    @Override
    public boolean delete(Digest digest) {
        throw denial.of("delete the blob " + digest + " from " + repository);
    }
}
