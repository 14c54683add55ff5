package dev.berth.registry.internal.store;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.internal.budget.MemoryLease;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The facts about manifests: which manifests a repository has, with which media types, and which one a tag names. Every
 * read checks both the link of the repository and the data behind it.
 */
public final class Revisions {
    private static final Logger LOG = LoggerFactory.getLogger(Revisions.class);

    /** How much memory parsing a manifest and storing it needs, in multiples of its size. */
    static final int PARSE_FACTOR = 6;

    private final ObjectStore store;
    private final Links links;
    private final BlobData data;
    private final MemoryBudget memory;
    private final ManifestCache cache;

    Revisions(ObjectStore store, Links links, BlobData data, MemoryBudget memory, ManifestCache cache) {
        this.store = store;
        this.links = links;
        this.data = data;
        this.memory = memory;
        this.cache = cache;
    }

    /** Returns how many reads of manifests were spared by those that are kept in memory. */
    public long cacheHits() {
        return cache.hits();
    }

    /** Returns how many reads of manifests went to the store. */
    public long cacheMisses() {
        return cache.misses();
    }

    /** Returns how much memory the manifests take that are kept, in bytes. */
    public long cacheBytes() {
        return cache.bytes();
    }

    /** Returns whether the repository has the manifest. */
    public boolean contains(RepositoryName repository, Digest digest) throws IOException {
        Optional<Digest> target = links.target(Keys.revisionLink(repository, digest));
        return target.isPresent() && data.size(target.get()).isPresent();
    }

    /**
     * Returns the manifest, or empty if the repository does not have it, or its data is damaged.
     *
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if there is no memory for it within a moment
     */
    public Optional<Manifest> read(RepositoryName repository, Digest digest) throws IOException {
        return read(repository, digest, 1, entry -> typed(repository, entry));
    }

    /**
     * Returns a manifest by its data alone, so also one that the repository no longer has, or empty if the data is missing or
     * damaged.
     *
     * @throws RegistryException as {@link #read}
     */
    public Optional<Manifest> readUnlinked(Digest digest, Digest target, String mediaType) throws IOException {
        return readData(
                digest,
                target,
                1,
                entry -> entry.map(ManifestCache.Entry::manifest)
                        .filter(manifest -> manifest.digest().equals(digest))
                        .map(manifest -> manifest.withMediaType(mediaType)));
    }

    /** Makes something of a manifest while its memory is counted. */
    private interface Reading<T> {
        T of(ManifestCache.Entry manifest) throws IOException;
    }

    private <T> Optional<T> read(RepositoryName repository, Digest digest, int factor, Reading<T> reading)
            throws IOException {
        Optional<Digest> target = links.target(Keys.revisionLink(repository, digest));
        if (target.isEmpty()) {
            return Optional.empty();
        }
        return readData(digest, target.get(), factor, entry -> {
            boolean intact =
                    entry.isPresent() && entry.get().manifest().digest().equals(digest);
            if (!intact) {
                LOG.warn(
                        "The data of manifest {} of {} is {}; it counts as missing until it is pushed again",
                        digest,
                        repository,
                        entry.isEmpty() ? "missing" : "damaged");
                return Optional.empty();
            }
            return Optional.of(reading.of(entry.get()));
        });
    }

    /** Makes something of data, or of its absence. */
    private interface DataReading<T> {
        T of(Optional<ManifestCache.Entry> data) throws IOException;
    }

    /** Reads data from the cache if it is in it, and still is in the store as it was. */
    private <T> T readData(Digest digest, Digest target, int factor, DataReading<T> reading) throws IOException {
        if (cache.mayHave(digest)) {
            Optional<ObjectStat> stat = data.stat(target);
            if (stat.isEmpty()) {
                return reading.of(Optional.empty());
            }
            ManifestCache.Entry cached = cache.find(digest, target, stat.get());
            if (cached != null) {
                cache.countHit();
                // Its bytes are in memory already: only parsing them needs more.
                boolean parses = factor > 1 && cached.document() == null;
                try (MemoryLease lease =
                        parses ? memory.acquire(cached.manifest().size(), factor) : null) {
                    return reading.of(Optional.of(cached));
                }
            }
        }
        cache.countMiss();
        try (StoredData stored = open(target, factor)) {
            Optional<ManifestCache.Entry> read = stored.read(digest.algorithm());
            if (read.isPresent() && read.get().manifest().digest().equals(digest)) {
                cache.keep(read.get());
            }
            return reading.of(read);
        }
    }

    /** Returns the manifest that a tag names, if the tag exists and the manifest does. */
    public Optional<Digest> resolve(RepositoryName repository, Tag tag) throws IOException {
        Optional<Digest> target = links.target(Keys.tagLink(repository, tag));
        return target.isPresent() && contains(repository, target.get()) ? target : Optional.empty();
    }

    /**
     * Returns the manifest that a tag names, if the tag and the link of the manifest exist. The data may be missing or
     * damaged: it comes back with a push to any repository, and the tag must be listed then.
     */
    Optional<Digest> named(RepositoryName repository, Tag tag) throws IOException {
        Optional<Digest> target = links.target(Keys.tagLink(repository, tag));
        return target.isPresent() && isLinked(repository, target.get()) ? target : Optional.empty();
    }

    /** Returns whether the repository has a link of the manifest, whose data may be missing or damaged. */
    public boolean isLinked(RepositoryName repository, Digest digest) throws IOException {
        return links.target(Keys.revisionLink(repository, digest)).isPresent();
    }

    /**
     * Adds the media type of a manifest to a batch where its bytes alone would be read as another one.
     *
     * @param document what the manifest says
     */
    public void addMediaType(
            ObjectBatch.Builder batch, RepositoryName repository, Manifest manifest, ManifestDocument document)
            throws IOException {
        if (document.declaredMediaType().isPresent()) {
            return;
        }
        ObjectKey key = Keys.revisionMediaType(repository, manifest.digest());
        boolean tellsItself = document.inferredMediaType().equals(Optional.of(manifest.mediaType()));
        if (!tellsItself) {
            batch.put(key, manifest.mediaType().getBytes(StandardCharsets.UTF_8));
        } else if (store.stat(key).isPresent()) {
            batch.delete(key);
        }
    }

    /** Makes a manifest visible in the repository. */
    public void link(RepositoryName repository, Digest digest) throws IOException {
        links.write(Keys.revisionLink(repository, digest), digest);
    }

    /** Makes a manifest invisible in the repository. Its data stays. */
    public void unlink(RepositoryName repository, Digest digest) throws IOException {
        store.delete(Keys.revisionLink(repository, digest));
    }

    /**
     * Iterates over the manifests that the repository has links for. The data of each may be missing.
     *
     * @param wanted how many will be read at most, if known
     */
    public Iterator<Digest> list(RepositoryName repository, OptionalLong wanted) {
        return StoredNames.tree(
                store,
                "list the manifests of " + repository,
                Keys.revisions(repository),
                wanted,
                KeyReader::digestOfLink);
    }

    /** Returns whether the repository has any manifest, which means that it exists. */
    public boolean any(RepositoryName repository) throws IOException {
        for (Iterator<Digest> all = list(repository, OptionalLong.of(2)); all.hasNext(); ) {
            if (contains(repository, all.next())) {
                return true;
            }
        }
        return false;
    }

    /** Parses a manifest by its data alone, so also one that the repository no longer has. */
    public Optional<ManifestDocument> readDocument(RepositoryName repository, Digest digest) throws IOException {
        return readData(
                digest,
                digest,
                PARSE_FACTOR,
                data -> data.isEmpty() ? Optional.empty() : document(repository, data.get()));
    }

    /** Returns what a manifest says, or empty if the repository does not have it, or it is not understood. */
    public Optional<ManifestDocument> understood(RepositoryName repository, Digest digest) throws IOException {
        return read(repository, digest, PARSE_FACTOR, entry -> document(repository, entry))
                .flatMap(document -> document);
    }

    private Optional<ManifestDocument> document(RepositoryName repository, ManifestCache.Entry entry)
            throws IOException {
        ManifestDocument kept = entry.document();
        if (kept != null) {
            return Optional.of(kept);
        }
        Optional<ManifestDocument> parsed = understand(typed(repository, entry));
        if (parsed.isPresent() && entry.declaresMediaType() && cache.has(entry)) {
            entry.setDocument(parsed.get());
            cache.keep(entry);
        }
        return parsed;
    }

    /** Parses a stored manifest, or returns empty if it is malformed or of an unsupported kind. */
    public static Optional<ManifestDocument> understand(Manifest manifest) {
        try {
            return Optional.of(ManifestDocument.outline(manifest));
        } catch (RegistryException e) {
            LOG.debug("Manifest {} is stored, but not understood: {}", manifest.digest(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Takes the memory that parsing and storing a manifest needs. */
    public MemoryLease parsing(Manifest manifest) {
        return memory.acquire(manifest.size(), PARSE_FACTOR);
    }

    private StoredData open(Digest target, int factor) throws IOException {
        Optional<ObjectContent> found = data.open(target, 0, Long.MAX_VALUE);
        return StoredData.of(target, found, memory, factor);
    }

    /** Returns a manifest with its media type. */
    private Manifest typed(RepositoryName repository, ManifestCache.Entry entry) throws IOException {
        Manifest manifest = entry.manifest();
        if (entry.declaresMediaType()) {
            return manifest;
        }
        return manifest.withMediaType(SmallObject.read(store, Keys.revisionMediaType(repository, manifest.digest()))
                .map(SmallObject::text)
                .filter(type -> !type.isBlank())
                .or(entry::inferredMediaType)
                .orElse(MediaTypes.OCTET_STREAM));
    }

    /** As {@link #read}, without the bytes. */
    public Optional<Descriptor> find(RepositoryName repository, Digest digest) throws IOException {
        return read(repository, digest).map(Manifest::descriptor);
    }
}
