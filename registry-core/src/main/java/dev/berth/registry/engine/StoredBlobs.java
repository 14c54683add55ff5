package dev.berth.registry.engine;

import com.google.common.collect.Iterators;
import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DirectUrl;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.UploadOptions;
import dev.berth.registry.internal.hash.VerifiedStream;
import dev.berth.registry.internal.store.Index;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.LinkedRead;
import dev.berth.registry.internal.store.Links;
import dev.berth.registry.internal.store.UploadRecords;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectStat;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The blobs of a repository of a {@link StorageRegistry}. */
final class StoredBlobs implements Blobs {
    private static final Logger LOG = LoggerFactory.getLogger(StoredBlobs.class);

    /** The ids that {@link #startUpload} makes. Nothing else becomes part of a key. */
    private static final Pattern UPLOAD_ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final Engine engine;
    private final RepositoryName repository;

    StoredBlobs(Engine engine, RepositoryName repository) {
        this.engine = engine;
        this.repository = repository;
    }

    @Override
    public Optional<Descriptor> find(Digest digest) {
        return engine.call("look up " + name(digest), () -> {
            Optional<Reliance.Found> found = find(repository, digest);
            if (found.isEmpty()
                    || engine.shortData.isShort(
                            repository, digest, found.get().data(), found.get().size())) {
                return Optional.empty();
            }
            // To see whether it is cut may take long the first time.
            boolean certain = engine.marks.trusted(found.get().asked());
            return (certain ? found : find(repository, digest)).map(there -> descriptor(digest, there.size()));
        });
    }

    private Optional<Reliance.Found> find(RepositoryName shownBy, Digest digest) throws IOException {
        return new Reliance(engine, shownBy, repository).find(Keys.layerLink(shownBy, digest), digest);
    }

    /** What is shorter than it should be is refused before the first byte. */
    private void requireWhole(Digest digest, Digest data, long size) throws IOException {
        if (engine.shortData.isShort(repository, digest, data, size)) {
            LOG.warn(
                    "The data of {} has {} bytes, fewer than a manifest of {} states; it counts as missing until it is"
                            + " pushed again",
                    data,
                    size,
                    repository);
            throw unknown(digest);
        }
    }

    private Optional<LinkedRead.Found<Long>> size(RepositoryName shownBy, Digest digest) throws IOException {
        return engine.linked.read(Keys.layerLink(shownBy, digest), digest, engine.data::size, size -> {});
    }

    @Override
    public BlobContent open(Digest digest, ByteRange range) {
        Objects.requireNonNull(range, "range");
        return engine.call(
                "read " + name(digest),
                () -> range.first().isPresent() || range.isAll() ? openFrom(digest, range) : openSuffix(digest, range));
    }

    /** The first byte does not depend on the size, so that one call of the store is enough. */
    private BlobContent openFrom(Digest digest, ByteRange range) throws IOException {
        long first = range.first().orElse(0);
        long behindFirst = range.last().orElse(Long.MAX_VALUE) - first;
        long length = behindFirst == Long.MAX_VALUE ? Long.MAX_VALUE : behindFirst + 1;
        LinkedRead.Found<ObjectContent> found = engine.linked
                .read(
                        Keys.layerLink(repository, digest),
                        digest,
                        data -> engine.data.open(data, first, length),
                        ObjectContent::close)
                .orElseThrow(() -> unknown(digest));
        ObjectContent content = found.value();
        if (!engine.shortData.isKnown(
                repository, digest, found.data(), content.stat().size())) {
            // Whoever holds a connection must not wait for another one.
            content.close();
            requireWhole(digest, found.data(), content.stat().size());
            content = engine.data.open(found.data(), first, length).orElseThrow(() -> unknown(digest));
        }
        try {
            requireWhole(digest, found.data(), content.stat().size());
            return content(digest, found.data(), range.slice(content.stat().size()), content);
        } catch (RegistryException | IOException e) {
            content.close();
            throw e;
        }
    }

    private BlobContent openSuffix(Digest digest, ByteRange range) throws IOException {
        LinkedRead.Found<Long> found = size(repository, digest).orElseThrow(() -> unknown(digest));
        long size = found.value();
        requireWhole(digest, found.data(), size);
        ByteRange.Slice slice = range.slice(size);
        ObjectContent content =
                engine.data.open(found.data(), slice.offset(), slice.length()).orElseThrow(() -> unknown(digest));
        return content(digest, found.data(), slice, content);
    }

    /**
     * Hashes what is read as a whole, unless this version of it was hashed not long ago. That of which less is asked cannot
     * be verified without reading the rest.
     */
    private BlobContent content(Digest digest, Digest data, ByteRange.Slice slice, ObjectContent content)
            throws IOException {
        ObjectStat stat = content.stat();
        boolean whole = stat.size() > 0 && slice.length() == stat.size();
        InputStream stream = content.stream();
        if (whole && engine.options.verifyReads() && !isVerified(digest, data, stat)) {
            stream = new VerifiedStream(
                    stream,
                    stat.size(),
                    digest,
                    () -> engine.data.verified(digest, stat),
                    damage -> engine.damage.found(repository, damage));
        }
        return BlobContent.of(descriptor(digest, stat.size()), slice, stream);
    }

    /** Where registry:2 has linked a digest to other data, the data has two digests, and is hashed each time. */
    private boolean isVerified(Digest digest, Digest data, ObjectStat stat) {
        return data.equals(digest) && engine.data.isVerified(digest, stat, engine.options.verifyAgainAfter());
    }

    @Override
    public Optional<DirectUrl> directUrl(Digest digest, Duration validity) {
        Objects.requireNonNull(validity, "validity");
        return engine.call("make an address for " + name(digest), () -> {
            LinkedRead.Found<Long> found = size(repository, digest).orElseThrow(() -> unknown(digest));
            requireWhole(digest, found.data(), found.value());
            return engine.store
                    .directUrl(Keys.data(found.data()), validity)
                    .map(uri -> new DirectUrl(descriptor(digest, found.value()), uri));
        });
    }

    @Override
    public Descriptor push(Digest expected, BlobSource content) {
        return engine.call("store " + name(expected), () -> new BlobPush(engine, repository).push(expected, content));
    }

    @Override
    public Optional<Descriptor> mount(Digest digest, MountSource source) {
        Objects.requireNonNull(source, "source");
        return engine.call("mount " + name(digest), () -> {
            if (source instanceof MountSource.From from) {
                return mountFrom(from.repository(), digest);
            }
            for (Iterator<RepositoryName> holders = holders(digest, source); holders.hasNext(); ) {
                Optional<Descriptor> mounted = mountFrom(holders.next(), digest);
                if (mounted.isPresent()) {
                    return mounted;
                }
            }
            return Optional.empty();
        });
    }

    private Optional<Descriptor> mountFrom(RepositoryName from, Digest digest) throws IOException {
        for (int attempt = 0; attempt < Reliance.ATTEMPTS; attempt++) {
            Optional<Reliance.Found> found = find(from, digest);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            ObjectBatch.Builder changes = ObjectBatch.builder();
            addLink(engine, changes, repository, digest, found.get().data());
            engine.store.apply(changes.build());
            if (engine.marks.trusted(found.get().asked())) {
                return Optional.of(descriptor(digest, found.get().size()));
            }
            // A collection may have looked at the candidate before there was anything.
            engine.candidates.note(digest, repository);
            if (isKept(digest)) {
                return Optional.of(descriptor(digest, found.get().size()));
            }
        }
        throw Reliance.busy(digest);
    }

    /** Returns whether a mount that took long is there, and stays: a collection may have looked before it. */
    private boolean isKept(Digest digest) throws IOException {
        return find(repository, digest).isPresent()
                && engine.store.stat(Keys.holderEntry(digest, repository)).isPresent();
    }

    private Iterator<RepositoryName> holders(Digest digest, MountSource source) {
        Iterator<RepositoryName> holders = engine.index.holders(digest);
        return source instanceof MountSource.AnyReadable any
                ? Iterators.filter(holders, any.readable()::test)
                : holders;
    }

    /**
     * Adds what makes data visible in a repository to a batch. Any without the others is harmless. A holder without a link
     * is passed over by a mount; a link without a holder is that of a blob of which nobody was told that it is there, and
     * which a mount from any repository does not find until it is pushed again. A candidate only asks a collection to look;
     * without one, what is left of a push that failed is removed by a collection of everything.
     */
    static void addLink(
            Engine engine, ObjectBatch.Builder changes, RepositoryName repository, Digest digest, Digest data) {
        Index.addHolder(changes, repository, digest);
        Links.add(changes, Keys.layerLink(repository, digest), data);
        engine.candidates.add(changes, digest, repository);
        if (!data.equals(digest)) {
            changes.mark(Keys.aliasEntry(data, digest));
            engine.candidates.add(changes, data, repository);
        }
    }

    @Override
    public BlobUpload startUpload(UploadOptions options) {
        return engine.call("start an upload to " + repository, () -> start(options));
    }

    StoredUpload start(UploadOptions options) throws IOException {
        String id = UUID.randomUUID().toString();
        Optional<UploadRecords.Versioned> record = engine.uploadRecords.create(
                id, repository, options.algorithm(), engine.options.clock().instant());
        record.ifPresent(created -> engine.idleUploads.changed(id, created.version()));
        return new StoredUpload(engine, repository, id, record);
    }

    @Override
    public BlobUpload resumeUpload(UploadId id) {
        String value = id.value();
        if (!UPLOAD_ID.matcher(value).matches()) {
            throw StoredUpload.unknown(repository, "of that name");
        }
        return engine.call("resume the upload " + value + " to " + repository, () -> {
            Optional<UploadRecords.Versioned> ours = engine.uploadRecords
                    .read(value)
                    .filter(found -> found.record().repository().equals(repository));
            if (ours.isEmpty()) {
                throw StoredUpload.unknown(repository, value);
            }
            return new StoredUpload(engine, repository, value, ours);
        });
    }

    @Override
    public boolean delete(Digest digest) {
        return engine.call("delete " + name(digest), () -> {
            Optional<LinkedRead.Found<Long>> found = size(repository, digest);
            if (found.isEmpty()
                    && engine.links.read(Keys.layerLink(repository, digest)).isEmpty()) {
                return false;
            }
            Set<Digest> names = new LinkedHashSet<>(List.of(digest));
            found.ifPresent(there -> names.add(there.data()));
            // The holder's entry stays for the collection, which removes it: a push may be writing both at this moment.
            return engine.candidates.noteAround(names, Set.of(repository), () -> {
                engine.store.delete(Keys.layerLink(repository, digest));
                return found.isPresent();
            });
        });
    }

    static Descriptor descriptor(Digest digest, long size) {
        return Descriptor.of(MediaTypes.OCTET_STREAM, digest, size);
    }

    private String name(Digest digest) {
        return "the blob " + digest + " of " + repository;
    }

    private RegistryException unknown(Digest digest) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.BLOB_UNKNOWN,
                        "There is no blob " + digest + " in the repository " + repository,
                        Map.of("name", repository.value(), "digest", digest.toString())))
                .build();
    }

    static RegistryException wrongDigest(RepositoryName repository, Digest expected, Digest actual) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.DIGEST_INVALID,
                        "What was pushed to " + repository + " is not " + expected + ": its digest is " + actual
                                + "; push it again",
                        Map.of("digest", expected.toString(), "actual", actual.toString())))
                .build();
    }
}
