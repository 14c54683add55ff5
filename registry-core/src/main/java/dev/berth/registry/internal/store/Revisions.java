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
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The facts about manifests: which manifests a repository has, with which media types, and which one a tag names. Every
 * read checks both the link of the repository and the data behind it.
 */
public final class Revisions {
    private static final Logger LOG = LoggerFactory.getLogger(Revisions.class);

    /** How much memory parsing a manifest and storing it needs, in multiples of its size. */
    private static final int PARSE_FACTOR = 6;

    private final ObjectStore store;
    private final Links links;
    private final BlobData data;
    private final MemoryBudget memory;

    Revisions(ObjectStore store, Links links, BlobData data, MemoryBudget memory) {
        this.store = store;
        this.links = links;
        this.data = data;
        this.memory = memory;
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
        return read(repository, digest, 1, manifest -> manifest);
    }

    /** Reads a manifest, and makes something of it while its memory is counted. */
    private <T> Optional<T> read(RepositoryName repository, Digest digest, int factor, Function<Manifest, T> reading)
            throws IOException {
        Optional<Digest> target = links.target(Keys.revisionLink(repository, digest));
        if (target.isEmpty()) {
            return Optional.empty();
        }
        try (StoredData stored = open(target.get(), factor)) {
            Optional<Manifest> manifest = stored.read(digest.algorithm());
            boolean intact = manifest.isPresent() && manifest.get().digest().equals(digest);
            if (!intact) {
                LOG.warn(
                        "The data of manifest {} of {} is {}; it counts as missing until it is pushed again",
                        digest,
                        repository,
                        manifest.isEmpty() ? "missing" : "damaged");
                return Optional.empty();
            }
            return Optional.of(reading.apply(typed(repository, manifest.get())));
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
                store, "list the manifests of " + repository, Keys.revisions(repository), wanted, Keys::digestOfLink);
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
        try (StoredData stored = open(digest, PARSE_FACTOR)) {
            Optional<Manifest> manifest = stored.read(digest.algorithm());
            return manifest.isEmpty() ? Optional.empty() : understand(typed(repository, manifest.get()));
        }
    }

    /** Returns what a manifest says, or empty if the repository does not have it, or it is not understood. */
    public Optional<ManifestDocument> understood(RepositoryName repository, Digest digest) throws IOException {
        return read(repository, digest, PARSE_FACTOR, Revisions::understand).flatMap(document -> document);
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

    /** Returns a manifest with its media type, which is not known yet. */
    private Manifest typed(RepositoryName repository, Manifest manifest) throws IOException {
        ByteBuffer bytes = manifest.asByteBuffer();
        Optional<String> declared = ManifestDocument.declaredMediaType(bytes);
        if (declared.isPresent()) {
            return manifest.withMediaType(declared.get());
        }
        return manifest.withMediaType(SmallObject.read(store, Keys.revisionMediaType(repository, manifest.digest()))
                .map(SmallObject::text)
                .filter(type -> !type.isBlank())
                .or(() -> ManifestDocument.inferMediaType(bytes))
                .orElse(MediaTypes.OCTET_STREAM));
    }

    /** As {@link #read}, without the bytes. */
    public Optional<Descriptor> find(RepositoryName repository, Digest digest) throws IOException {
        return read(repository, digest).map(Manifest::descriptor);
    }
}
