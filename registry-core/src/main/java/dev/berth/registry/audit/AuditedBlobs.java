package dev.berth.registry.audit;

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
import dev.berth.registry.compose.ForwardingBlobs;
import java.time.Duration;
import java.util.Optional;

/** The blobs of an {@link Audited} registry. */
final class AuditedBlobs extends ForwardingBlobs {
    private static final String UPLOAD = "push a blob to ";

    private final Auditor auditor;

    AuditedBlobs(Blobs delegate, Auditor auditor) {
        super(delegate);
        this.auditor = auditor;
    }

    @Override
    public Optional<Descriptor> find(Digest digest) {
        return auditor.read(() -> "look up the blob " + digest + " in ", () -> super.find(digest));
    }

    @Override
    public BlobContent open(Digest digest, ByteRange range) {
        return auditor.read(() -> pull(digest), () -> super.open(digest, range));
    }

    @Override
    public Optional<DirectUrl> directUrl(Digest digest, Duration validity) {
        return auditor.read(() -> pull(digest), () -> super.directUrl(digest, validity));
    }

    private static String pull(Digest digest) {
        return "pull the blob " + digest + " from ";
    }

    @Override
    public Descriptor push(Digest expected, BlobSource content) {
        return auditor.change(() -> "push the blob " + expected + " to ", () -> super.push(expected, content));
    }

    @Override
    public Optional<Descriptor> mount(Digest digest, MountSource source) {
        return auditor.change(() -> "mount the blob " + digest + " in ", () -> super.mount(digest, source));
    }

    @Override
    public BlobUpload startUpload(UploadOptions options) {
        return new AuditedUpload(auditor.change(() -> UPLOAD, () -> super.startUpload(options)), auditor);
    }

    @Override
    public BlobUpload resumeUpload(UploadId id) {
        return new AuditedUpload(auditor.change(() -> UPLOAD, () -> super.resumeUpload(id)), auditor);
    }

    @Override
    public boolean delete(Digest digest) {
        boolean deleted = auditor.change(() -> deletion(digest), () -> super.delete(digest));
        if (deleted) {
            auditor.deleted(deletion(digest), "");
        }
        return deleted;
    }

    private static String deletion(Digest digest) {
        return "delete the blob " + digest + " from ";
    }
}
