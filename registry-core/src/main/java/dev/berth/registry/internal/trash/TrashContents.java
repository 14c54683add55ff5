package dev.berth.registry.internal.trash;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.KeyReader;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.SortableName;
import dev.berth.registry.internal.store.StoredNames;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;

/** The manifests and tags in the trash. Thread-safe. */
public final class TrashContents {
    private final ObjectStore store;

    /** Does no I/O. */
    public TrashContents(ObjectStore store) {
        this.store = store;
    }

    /** When a tag was deleted, and the version of its object, for its removal. */
    public record TagRead(Instant at, ObjectKey key, ObjectVersion version) {}

    // Reading

    /** Returns a manifest in the trash. The repository may have it again. */
    public Optional<TrashedManifest.Read> manifest(RepositoryName repository, Digest digest) throws IOException {
        Optional<TrashObject> object = TrashObject.read(store, Keys.trashedManifest(repository, digest));
        return object.isPresent() ? TrashedManifest.of(object.get()) : Optional.empty();
    }

    /** Returns when a tag was deleted that named this manifest, if that is in the trash. The tag may have been set again. */
    public Optional<TagRead> tag(RepositoryName repository, TrashedTag tag) throws IOException {
        return TrashObject.read(store, TrashKeys.tag(repository, tag.digest(), tag.tag()))
                .map(object -> new TagRead(object.at(), object.key(), object.version()));
    }

    /** Iterates over the repositories that have something in the trash, by the part of it, in the order of its keys. */
    public Iterator<RepositoryName> repositories(KeyPrefix part, Optional<RepositoryName> after) {
        return StoredNames.level(
                store,
                "list the trash",
                part,
                after.map(name -> SortableName.encode(name) + "/"),
                OptionalLong.empty(),
                group -> SortableName.decode(group.endsWith("/") ? group.substring(0, group.length() - 1) : group));
    }

    /** Iterates over the manifests of a repository in the trash, in the order of the digests. */
    public Iterator<Digest> manifests(RepositoryName repository) {
        return manifests(repository, Optional.empty());
    }

    /** As the other method, for those after a digest. */
    Iterator<Digest> manifests(RepositoryName repository, Optional<Digest> after) {
        return StoredNames.tree(
                store,
                "list the trash of " + repository,
                TrashKeys.manifests(repository),
                after.map(digest -> Keys.trashedManifest(repository, digest).value()),
                KeyReader::digestOfMark);
    }

    /** Iterates over the tags of a repository in the trash, in the order of the manifests that they named. */
    public Iterator<TrashedTag> tags(RepositoryName repository) {
        return tags(repository, TrashKeys.tags(repository), Optional.empty());
    }

    /** As the other method, for those that named a manifest after this one. */
    Iterator<TrashedTag> tags(RepositoryName repository, Optional<Digest> after) {
        return tags(
                repository, TrashKeys.tags(repository), after.map(digest -> TrashKeys.afterTags(repository, digest)));
    }

    /** Iterates over the tags in the trash that named a manifest. */
    public Iterator<TrashedTag> tags(RepositoryName repository, Digest digest) {
        return tags(repository, TrashKeys.tags(repository, digest), Optional.empty());
    }

    private Iterator<TrashedTag> tags(RepositoryName repository, KeyPrefix prefix, Optional<String> after) {
        return StoredNames.tree(store, "list the trash of " + repository, prefix, after, TrashContents::tagOf);
    }

    private static Optional<TrashedTag> tagOf(String key) {
        String segment = KeyReader.lastSegment(key);
        return KeyReader.digestOfMark(key.substring(0, key.length() - segment.length() - 1))
                .flatMap(digest -> KeyReader.tag(segment).map(tag -> new TrashedTag(tag, digest)));
    }

    /** Iterates over the manifests in the trash that refer to a subject. */
    public Iterator<Digest> referrers(RepositoryName repository, Digest subject) {
        return StoredNames.level(
                store,
                "list the trash of " + repository,
                TrashKeys.referrers(repository, subject),
                Optional.empty(),
                OptionalLong.empty(),
                KeyReader::digestOfLeaf);
    }

    // Writing, in the order in which a deletion does it

    /** Writes a manifest, and then that it refers to its subject. */
    void write(RepositoryName repository, TrashedManifest manifest) throws IOException {
        put(Keys.trashedManifest(repository, manifest.digest()), manifest.bytes());
        if (manifest.subject().isPresent()) {
            put(TrashKeys.referrer(repository, manifest.subject().get(), manifest.digest()), new byte[0]);
        }
    }

    void write(RepositoryName repository, TrashedTag tag, Instant at) throws IOException {
        put(TrashKeys.tag(repository, tag.digest(), tag.tag()), TrashObject.bytes(at));
    }

    private void put(ObjectKey key, byte[] content) throws IOException {
        store.putForDeletion(key, content, PutCondition.always());
    }

    // Removing

    /**
     * Removes a manifest, unless it was deleted again in the meantime.
     *
     * @return whether it was removed
     */
    boolean remove(RepositoryName repository, TrashedManifest.Read read) throws IOException {
        Optional<ObjectKey> referrer = read.manifest()
                .subject()
                .map(subject ->
                        TrashKeys.referrer(repository, subject, read.manifest().digest()));
        // In the order opposite to that of a deletion, which writes it after the manifest. So it is never missing.
        if (referrer.isPresent()) {
            store.delete(referrer.get());
        }
        boolean removed = remove(read.key(), read.version());
        if (!removed && referrer.isPresent() && store.stat(read.key()).isPresent()) {
            put(referrer.get(), new byte[0]);
        }
        return removed;
    }

    /** Removes a tag, unless it was deleted again in the meantime, and returns whether it did. */
    boolean remove(TagRead read) throws IOException {
        return remove(read.key(), read.version());
    }

    private boolean remove(ObjectKey key, ObjectVersion version) throws IOException {
        boolean removed = store.deleteIfUnchanged(key, version);
        if (removed) {
            dropEmpty(key);
        }
        return removed;
    }

    /**
     * Deletes what a store without conditional deletion leaves. If the same manifest or tag is deleted again between the two
     * calls, it cannot be restored a second time; nothing else depends on it.
     */
    void dropEmpty(ObjectKey key) throws IOException {
        Optional<ObjectStat> left = store.stat(key);
        if (left.isPresent() && left.get().size() == 0) {
            store.delete(key);
        }
    }
}
