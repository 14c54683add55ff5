package dev.berth.registry.layout;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.UploadId;
import dev.berth.registry.UploadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The blobs of a repository of an {@link OciLayoutRegistry}: all blobs of the layout. */
final class LayoutBlobs implements Blobs {
    private final Layout layout;
    private final LayoutRepository repository;

    LayoutBlobs(Layout layout, LayoutRepository repository) {
        this.layout = layout;
        this.repository = repository;
    }

    @Override
    public Optional<Descriptor> find(Digest digest) {
        Objects.requireNonNull(digest, "digest");
        return layout.call("look up " + name(digest), () -> file(digest).map(file -> descriptor(digest, file.size())));
    }

    @Override
    public BlobContent open(Digest digest, ByteRange range) {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(range, "range");
        return layout.call("read " + name(digest), () -> {
            LayoutFile file = file(digest).orElseThrow(() -> unknown(digest));
            ByteRange.Slice slice = range.slice(file.size());
            InputStream stream = open(digest, file, slice);
            boolean whole = slice.length() == file.size();
            return BlobContent.of(
                    descriptor(digest, file.size()),
                    slice,
                    whole
                            ? new VerifyingStream(
                                    stream,
                                    slice.length(),
                                    digest,
                                    "The blob " + digest + " of " + layout.files.place())
                            : stream);
        });
    }

    private InputStream open(Digest digest, LayoutFile file, ByteRange.Slice slice) throws IOException {
        try {
            return file.open(slice.offset(), slice.length());
        } catch (NoSuchFileException e) {
            layout.graph.requireGone(digest, e);
            throw unknown(digest);
        }
    }

    @Override
    public Descriptor push(Digest expected, BlobSource content) {
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(content, "content");
        return layout.call(
                "store " + name(expected), () -> descriptor(expected, uploads().push(expected, content)));
    }

    /** A layout has one pool of blobs: mounting finds out whether the blob is there. */
    @Override
    public Optional<Descriptor> mount(Digest digest, MountSource source) {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(source, "source");
        boolean reachable = source instanceof MountSource.Any
                || source instanceof MountSource.From from && repository.isOf(from.repository())
                || source instanceof MountSource.AnyReadable any
                        && any.readable().test(repository.name());
        return reachable ? find(digest) : Optional.empty();
    }

    @Override
    public BlobUpload startUpload(UploadOptions options) {
        Objects.requireNonNull(options, "options");
        return layout.call("start an upload to " + repository.name(), () -> {
            LayoutUploads uploads = uploads();
            return new LayoutUpload(layout, uploads, uploads.start(options.algorithm()));
        });
    }

    @Override
    public BlobUpload resumeUpload(UploadId id) {
        return layout.call("resume an upload to " + repository.name(), () -> {
            LayoutUploads uploads = uploads();
            LayoutUploads.Session session =
                    uploads.find(id.value()).orElseThrow(() -> LayoutUpload.unknown(layout, "of that name"));
            return new LayoutUpload(layout, uploads, session);
        });
    }

    /** Removes the file, unless it is a manifest: that is for {@link LayoutManifests#delete}. */
    @Override
    public boolean delete(Digest digest) {
        Objects.requireNonNull(digest, "digest");
        return layout.call("delete " + name(digest), () -> {
            LayoutDirectory directory = repository.writable();
            return layout.exclusively(() -> {
                boolean manifest =
                        layout.graph.reachable(layout.index().entries()).containsKey(digest);
                return !manifest && directory.delete(digest);
            });
        });
    }

    private LayoutUploads uploads() {
        repository.writable();
        return layout.uploads.orElseThrow();
    }

    private Optional<LayoutFile> file(Digest digest) throws IOException {
        return repository.isPresent() ? layout.blob(digest) : Optional.empty();
    }

    private static Descriptor descriptor(Digest digest, long size) {
        return Descriptor.of(MediaTypes.OCTET_STREAM, digest, size);
    }

    private String name(Digest digest) {
        return "the blob " + digest + " of " + repository.name();
    }

    private RegistryException unknown(Digest digest) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.BLOB_UNKNOWN,
                        "There is no blob " + digest + " in the repository " + repository.name() + ": "
                                + layout.files.place() + " has no file " + LayoutGraph.path(digest),
                        Map.of("name", repository.name().value(), "digest", digest.toString())))
                .build();
    }
}
