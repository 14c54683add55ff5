package dev.berth.registry.internal.store;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The facts about manifests: which are in a repository, under which tags, as what. Every reading checks both the
 * repository's link and the data behind it.
 */
public final class Revisions {
    private static final Logger LOG = LoggerFactory.getLogger(Revisions.class);

    private final ObjectStore store;
    private final Links links;
    private final BlobData data;

    public Revisions(ObjectStore store, Links links, BlobData data) {
        this.store = store;
        this.links = links;
        this.data = data;
    }

    /** Returns whether the repository has the manifest. */
    public boolean contains(RepositoryName repository, Digest digest) throws IOException {
        Optional<Digest> target = links.target(Keys.revisionLink(repository, digest));
        return target.isPresent() && data.size(target.get()).isPresent();
    }

    /** Returns the manifest, or empty if the repository does not have it, or its data is damaged. */
    public Optional<Manifest> read(RepositoryName repository, Digest digest) throws IOException {
        Optional<Digest> target = links.target(Keys.revisionLink(repository, digest));
        if (target.isEmpty()) {
            return Optional.empty();
        }
        Optional<byte[]> bytes = readData(target.get());
        if (bytes.isEmpty()) {
            LOG.warn(
                    "The data of manifest {} of {} is missing; it counts as missing until it is pushed again",
                    digest,
                    repository);
            return Optional.empty();
        }
        String mediaType = mediaType(repository, digest, bytes.get());
        try {
            return Optional.of(Manifest.verified(mediaType, bytes.get(), digest));
        } catch (RegistryException e) {
            if (e.code() != ErrorCode.DIGEST_INVALID) {
                throw e;
            }
            LOG.warn(
                    "The data of manifest {} of {} is damaged; it counts as missing until it is pushed again",
                    digest,
                    repository);
            return Optional.empty();
        }
    }

    /** Returns the manifest that a tag names, if the tag exists and the manifest does. */
    public Optional<Digest> resolve(RepositoryName repository, Tag tag) throws IOException {
        Optional<Digest> target = links.target(Keys.tagLink(repository, tag));
        return target.isPresent() && contains(repository, target.get()) ? target : Optional.empty();
    }

    /**
     * Writes the data of a manifest, and its media type where its bytes alone would be read as another one.
     *
     * @param document what the manifest says
     */
    public void write(RepositoryName repository, Manifest manifest, ManifestDocument document) throws IOException {
        data.write(manifest.digest(), manifest.bytes());
        writeMediaType(repository, manifest, document);
    }

    public void link(RepositoryName repository, Digest digest) throws IOException {
        links.write(Keys.revisionLink(repository, digest), digest);
    }

    public void unlink(RepositoryName repository, Digest digest) throws IOException {
        store.delete(Keys.revisionLink(repository, digest));
    }

    /**
     * Iterates over the manifests that the repository has links for; each may still turn out to be missing.
     *
     * @param wanted how many will be read at most, if that is known
     */
    public Iterator<Digest> list(RepositoryName repository, OptionalLong wanted) {
        return StoredNames.tree(
                store, "list the manifests of " + repository, Keys.revisions(repository), wanted, Keys::digestOfLink);
    }

    /** Returns whether the repository has a manifest, that is: exists. */
    public boolean any(RepositoryName repository) throws IOException {
        for (Iterator<Digest> all = list(repository, OptionalLong.of(2)); all.hasNext(); ) {
            if (contains(repository, all.next())) {
                return true;
            }
        }
        return false;
    }

    /** Returns what a manifest says, by its data alone: also of one that the repository does not have any more. */
    public Optional<ManifestDocument> readDocument(RepositoryName repository, Digest digest) throws IOException {
        Optional<byte[]> bytes = readData(digest);
        return bytes.isEmpty()
                ? Optional.empty()
                : understand(Manifest.of(mediaType(repository, digest, bytes.get()), bytes.get(), digest.algorithm()));
    }

    /** Returns what a stored manifest says, or empty if it is of a kind that is not understood. */
    public static Optional<ManifestDocument> understand(Manifest manifest) {
        try {
            return Optional.of(ManifestDocument.parse(manifest));
        } catch (RegistryException e) {
            LOG.debug("Manifest {} is stored, but not understood: {}", manifest.digest(), e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<byte[]> readData(Digest target) throws IOException {
        Optional<ObjectContent> found = data.open(target, 0, Long.MAX_VALUE);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            if (content.stat().size() > ObjectStore.MAX_PUT_BYTES) {
                LOG.warn(
                        "{} is linked as a manifest but is {} bytes long",
                        target,
                        content.stat().size());
                return Optional.empty();
            }
            return Optional.of(content.stream().readAllBytes());
        }
    }

    private String mediaType(RepositoryName repository, Digest digest, byte[] bytes) throws IOException {
        Optional<String> declared = ManifestDocument.declaredMediaType(bytes);
        if (declared.isPresent()) {
            return declared.get();
        }
        Optional<ObjectContent> kept = store.open(Keys.revisionMediaType(repository, digest), 0, 1024);
        if (kept.isPresent()) {
            try (ObjectContent content = kept.get()) {
                String type = new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
                if (!type.isBlank()) {
                    return type;
                }
            }
        }
        return ManifestDocument.inferMediaType(bytes).orElse(MediaTypes.OCTET_STREAM);
    }

    private void writeMediaType(RepositoryName repository, Manifest manifest, ManifestDocument document)
            throws IOException {
        if (document.declaredMediaType().isPresent()) {
            return;
        }
        ObjectKey key = Keys.revisionMediaType(repository, manifest.digest());
        boolean tellsItself = document.inferredMediaType().equals(Optional.of(manifest.mediaType()));
        if (!tellsItself) {
            store.put(key, manifest.mediaType().getBytes(StandardCharsets.UTF_8), PutCondition.always());
        } else if (store.stat(key).isPresent()) {
            store.delete(key);
        }
    }

    /** Looks a manifest up as {@link #read} does, without handing out its bytes. */
    public Optional<Descriptor> find(RepositoryName repository, Digest digest) throws IOException {
        return read(repository, digest).map(Manifest::descriptor);
    }
}
