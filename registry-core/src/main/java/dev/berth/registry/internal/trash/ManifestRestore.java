package dev.berth.registry.internal.trash;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.PutOptions;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.internal.budget.MemoryLease;
import dev.berth.registry.internal.store.KeyReader;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Revisions;
import dev.berth.registry.manifest.ManifestReference;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Restores manifests of a repository from the trash, each as a push does it, what it consists of before it and what refers to
 * it after it. The entries of the trash stay until they expire: another process may be about to delete the same again, and
 * has written them for that. So a restore can also be repeated. For one call, and one thread.
 */
public final class ManifestRestore {
    /** Manifests that are restored together. */
    private static final int MOST = 10_000;

    /** How deep indexes, and referrers of referrers, are followed. */
    private static final int DEEPEST = 32;

    private final TrashAccess access;
    private final RepositoryName repository;
    private final TrashContents contents;
    private final RestoreCount count;
    private final Set<Digest> seen = new HashSet<>();

    /** Does no I/O. */
    public ManifestRestore(TrashAccess access, RepositoryName repository) {
        this(access, repository, new RestoreCount());
    }

    ManifestRestore(TrashAccess access, RepositoryName repository, RestoreCount count) {
        this.access = access;
        this.repository = repository;
        this.contents = access.contents();
        this.count = count;
    }

    /** Returns what was restored so far. */
    public RestoreCount count() {
        return count;
    }

    /** Restores a manifest with all that belongs to it. */
    public void whole(Digest digest) throws IOException {
        restore(digest, true, true, 0);
        // Signatures that refer to it by a tag: sha256-<hex>.sig and the like.
        for (Iterator<TrashedTag> tags = contents.tags(repository); tags.hasNext(); ) {
            TrashedTag tag = tags.next();
            if (subjectOf(tag.tag()).filter(seen::contains).isPresent()) {
                attempt(repository + ":" + tag.tag(), () -> {
                    restore(tag.digest(), true, false, 0);
                    restoreTag(tag);
                });
            }
        }
    }

    private static Optional<Digest> subjectOf(Tag tag) {
        int dot = tag.value().indexOf('.');
        return KeyReader.digestOfLeaf(dot < 0 ? tag.value() : tag.value().substring(0, dot));
    }

    /** Restores the tag as it was when it was deleted the last time. */
    public void latest(Tag tag) throws IOException {
        Optional<TrashedTag> latest = Optional.empty();
        Instant at = Instant.MIN;
        for (Iterator<TrashedTag> tags = contents.tags(repository); tags.hasNext(); ) {
            TrashedTag candidate = tags.next();
            if (candidate.tag().equals(tag)) {
                Optional<TrashContents.TagRead> read = contents.tag(repository, candidate);
                if (read.isPresent() && read.get().at().isAfter(at) && !unrestorable(candidate.digest())) {
                    latest = Optional.of(candidate);
                    at = read.get().at();
                }
            }
        }
        Optional<Digest> current = access.revisions().resolve(repository, tag);
        if (latest.isEmpty()) {
            if (current.isEmpty()) {
                throw unknown(repository + ":" + tag, tag.value());
            }
            return;
        }
        Digest digest = latest.get().digest();
        if (current.isPresent() && !current.get().equals(digest)) {
            throw setSince(tag, current.get());
        }
        restore(digest, true, false, 0);
        putTag(latest.get());
    }

    private boolean unrestorable(Digest digest) throws IOException {
        return contents.manifest(repository, digest).isEmpty() && !access.revisions().contains(repository, digest);
    }

    /** Restores a manifest and what it consists of, without its tags and referrers. */
    void alone(Digest digest) throws IOException {
        restore(digest, false, false, 0);
    }

    private void restore(Digest digest, boolean withReferrers, boolean withTags, int depth) throws IOException {
        if (!seen.add(digest)) {
            return;
        }
        if (depth > DEEPEST || seen.size() > MOST) {
            throw RegistryException.of(
                    ErrorCode.UNSUPPORTED,
                    "Too much belongs together to restore it at once; restore " + repository + "@" + digest
                            + " by itself");
        }
        Optional<TrashedManifest.Read> trashed = contents.manifest(repository, digest);
        if (access.revisions().contains(repository, digest)) {
            restoreParts(access.revisions().read(repository, digest), withTags, depth);
        } else {
            put(trashed.orElseThrow(() -> unknown(repository + "@" + digest, digest.toString())), withTags, depth);
        }
        if (withTags) {
            for (Iterator<TrashedTag> tags = contents.tags(repository, digest); tags.hasNext(); ) {
                restoreTag(tags.next());
            }
        }
        if (withReferrers) {
            for (Iterator<Digest> referrers = contents.referrers(repository, digest); referrers.hasNext(); ) {
                Digest referrer = referrers.next();
                attempt(repository + "@" + referrer, () -> restore(referrer, true, withTags, depth + 1));
            }
        }
    }

    private void put(TrashedManifest.Read trashed, boolean withTags, int depth) throws IOException {
        TrashedManifest deleted = trashed.manifest();
        restoreParts(read(deleted), withTags, depth);
        Optional<Manifest> manifest = read(deleted);
        if (manifest.isEmpty()) {
            throw RegistryException.of(
                    ErrorCode.MANIFEST_UNKNOWN,
                    "The manifest " + repository + "@" + deleted.digest()
                            + " cannot be restored: its data in the storage of this registry is missing or damaged");
        }
        access.registry().repository(repository).manifests().put(manifest.get(), PutOptions.untagged());
        count.manifest();
    }

    private Optional<Manifest> read(TrashedManifest deleted) throws IOException {
        return access.revisions().readUnlinked(deleted.digest(), deleted.data(), deleted.mediaType());
    }

    /** Restores the manifests of an index that are in the trash. What is missing otherwise, the push finds. */
    private void restoreParts(Optional<Manifest> manifest, boolean withTags, int depth) throws IOException {
        List<Digest> parts = manifest.isEmpty() ? List.of() : parts(manifest.get());
        for (Digest part : parts) {
            if (!seen.contains(part)
                    && !access.revisions().contains(repository, part)
                    && contents.manifest(repository, part).isPresent()) {
                attempt(repository + "@" + part, () -> restore(part, true, withTags, depth + 1));
            }
        }
    }

    private List<Digest> parts(Manifest manifest) {
        try (MemoryLease lease = access.revisions().parsing(manifest)) {
            return Revisions.understand(manifest)
                    .map(document -> document.references().stream()
                            .filter(reference -> reference.role() == ManifestReference.Role.MANIFEST)
                            .map(ManifestReference::digest)
                            .toList())
                    .orElse(List.of());
        }
    }

    /** Restores a tag whose manifest is there, or reports why that is not possible. */
    void restoreTag(TrashedTag tag) throws IOException {
        attempt(repository + ":" + tag.tag(), () -> putTag(tag));
    }

    private void putTag(TrashedTag tag) throws IOException {
        if (contents.tag(repository, tag).isEmpty()) {
            return;
        }
        Optional<Digest> target = access.links().target(Keys.tagLink(repository, tag.tag()));
        if (!target.equals(Optional.of(tag.digest()))) {
            access.registry().repository(repository).tags().put(tag.tag(), tag.digest(), TagCondition.absent());
            count.tag();
        }
    }

    /** One of several things to restore. */
    interface Attempt {
        void run() throws IOException;
    }

    /** Restores something, or notes why it cannot be restored. A failure of the storage ends everything. */
    void attempt(String what, Attempt attempt) throws IOException {
        try {
            attempt.run();
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.UNAVAILABLE || e.code() == ErrorCode.INSUFFICIENT_STORAGE) {
                throw e;
            }
            count.problem(what, e);
        }
    }

    private RegistryException setSince(Tag tag, Digest current) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.PRECONDITION_FAILED,
                        "The tag " + repository + ":" + tag + " was not restored: it has been set since, and names "
                                + current + "; delete it first, or restore the manifest by its digest",
                        Map.of("name", repository.value(), "tag", tag.value())))
                .build();
    }

    private RegistryException unknown(String what, String reference) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.MANIFEST_UNKNOWN,
                        "There is no " + what + " in the trash of this registry; it was not deleted, or longer ago than"
                                + " deletions can be undone",
                        Map.of("name", repository.value(), "reference", reference)))
                .build();
    }
}
