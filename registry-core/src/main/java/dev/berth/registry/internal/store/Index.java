package dev.berth.registry.internal.store;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.StorageBusyException;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Berth's own index: marks that let a listing cost a page and a deletion its own tags. Derived from the facts, which
 * always decide.
 *
 * <p>The rules that keep it complete are in {@code docs/storage-layout.md}. In short: marks are written before the
 * fact and looked at again after it; they are removed after the fact was, under an {@linkplain RepairJournal repair entry}, and
 * restored if the fact is back.
 */
public final class Index {
    private final ObjectStore store;
    private final Links links;
    private final Revisions revisions;
    private final RepairJournal intents;

    public Index(ObjectStore store, Links links, Revisions revisions, RepairJournal intents) {
        this.store = store;
        this.links = links;
        this.revisions = revisions;
        this.intents = intents;
    }

    /** The marks of a tag that names a manifest. */
    public static Set<ObjectKey> marksOf(RepositoryName repository, Tag tag, Digest target) {
        Set<ObjectKey> marks = new LinkedHashSet<>();
        marks.add(Keys.tagMark(repository, tag));
        marks.add(Keys.taggedMark(repository, target, tag));
        return marks;
    }

    /** The marks of a manifest, other than that of its repository. */
    public static Set<ObjectKey> marksOf(RepositoryName repository, Digest manifest, ManifestDocument document) {
        Set<ObjectKey> marks = new LinkedHashSet<>();
        document.subject().ifPresent(subject -> marks.add(Keys.referrerMark(repository, subject.digest(), manifest)));
        for (Descriptor target : targets(document)) {
            marks.add(Keys.referenceMark(target.digest(), repository, manifest));
        }
        return marks;
    }

    /** Everything that a manifest refers to and needs, in its order. */
    static List<Descriptor> targets(ManifestDocument document) {
        List<Descriptor> targets = new ArrayList<>();
        if (document instanceof ImageManifest image) {
            targets.add(image.config());
            targets.addAll(image.layers());
        } else if (document instanceof ImageIndex index) {
            targets.addAll(index.manifests());
        }
        return targets;
    }

    /** Iterates over the tags that have a mark below a prefix. */
    public static Iterator<Tag> tagsBelow(
            ObjectStore store, KeyPrefix marks, Optional<Tag> after, OptionalLong wanted) {
        return StoredNames.level(store, "list tags", marks, after.map(Tag::value), wanted, Index::tagOf);
    }

    /** Iterates over the repositories that have a mark in the catalogue. */
    public static Iterator<RepositoryName> repositories(
            ObjectStore store, Optional<RepositoryName> after, OptionalLong wanted) {
        return StoredNames.level(
                store,
                "list repositories",
                Keys.CATALOGUE,
                after.map(SortableName::encode),
                wanted,
                SortableName::decode);
    }

    private static Optional<Tag> tagOf(String name) {
        try {
            return Optional.of(Tag.parse(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public void mark(Set<ObjectKey> marks) throws IOException {
        store.mark(marks);
    }

    /**
     * Writes those marks again that somebody has removed meanwhile.
     *
     * @return whether there were any: what they stand for may have been removed with them, and must be looked at again
     */
    public boolean ensure(Set<ObjectKey> marks) throws IOException {
        List<ObjectKey> missing = new ArrayList<>();
        for (ObjectKey mark : marks) {
            if (store.stat(mark).isEmpty()) {
                missing.add(mark);
            }
        }
        if (missing.isEmpty()) {
            return false;
        }
        store.mark(missing);
        return true;
    }

    /** As {@link #ensure}, for the marks of a tag that has been seen to name a manifest. */
    public void ensureTag(RepositoryName repository, Tag tag, Digest target) throws IOException {
        if (ensure(marksOf(repository, tag, target)) && !names(repository, tag, target)) {
            repairTagged(repository, target, tag);
        }
    }

    void unmark(Set<ObjectKey> marks) throws IOException {
        for (ObjectKey mark : marks) {
            store.delete(mark);
        }
    }

    /** Brings the marks of a tag in line with the facts. */
    public void repairTag(RepositoryName repository, Tag tag) throws IOException {
        Optional<Digest> target = revisions.resolve(repository, tag);
        if (target.isPresent()) {
            ensureTag(repository, tag, target.get());
        } else if (store.stat(Keys.tagMark(repository, tag)).isPresent()) {
            intents.begin(repository, tag);
            repairTagAsIntended(repository, tag);
        }
    }

    /** As {@link #repairTag}, for those who have written the intent already. */
    public void repairTagAsIntended(RepositoryName repository, Tag tag) throws IOException {
        Optional<Digest> target = revisions.resolve(repository, tag);
        if (target.isEmpty()) {
            store.delete(Keys.tagMark(repository, tag));
            target = revisions.resolve(repository, tag);
        }
        if (target.isPresent()) {
            ensureTag(repository, tag, target.get());
        }
    }

    /** Takes back the mark of a tag that could not be set, unless it is set. Should that fail as well, a ghost stays. */
    public void withdraw(RepositoryName repository, Tag tag, IOException reason) {
        withdraw(
                reason,
                () -> revisions.resolve(repository, tag).isPresent(),
                () -> intents.begin(repository, tag),
                () -> repairTagAsIntended(repository, tag));
    }

    /** Takes back the mark of a repository whose first manifest could not be stored, unless there is one. */
    public void withdraw(RepositoryName repository, IOException reason) {
        withdraw(
                reason,
                () -> revisions.any(repository),
                () -> intents.begin(repository),
                () -> repairRepositoryAsIntended(repository));
    }

    private static void withdraw(
            IOException reason, StoreCalls.Call<Boolean> exists, StoreCalls.Action intent, StoreCalls.Action repair) {
        if (reason instanceof StorageBusyException) {
            // Asking for more would make it worse.
            return;
        }
        try {
            if (!exists.run()) {
                try {
                    intent.run();
                } catch (StorageFullException e) {
                    // A full disk has no room for it, and must show nothing of what did not fit. Only a process that
                    // dies within the next call, while another one sets the same tag, could have needed it.
                }
                repair.run();
            }
        } catch (IOException e) {
            if (!e.equals(reason)) {
                reason.addSuppressed(e);
            }
        }
    }

    /**
     * Brings the marks of a tag in line with the facts, of which it once was marked that it names a manifest. That mark
     * stays also if only the manifest is gone: should it come back, so does the tag, and must be listed.
     */
    public void repairTagged(RepositoryName repository, Digest digest, Tag tag) throws IOException {
        if (!names(repository, tag, digest)) {
            intents.begin(repository, tag);
            store.delete(Keys.taggedMark(repository, digest, tag));
            repairTagAsIntended(repository, tag);
        } else if (revisions.contains(repository, digest)) {
            ensureTag(repository, tag, digest);
        } else {
            repairTag(repository, tag);
        }
    }

    /** The tags that name a manifest; those of one that is not there come back with it. */
    public Set<Tag> tagsThatName(RepositoryName repository, Digest manifest) throws IOException {
        Set<Tag> found = new LinkedHashSet<>();
        Iterator<Tag> tags =
                tagsBelow(store, Keys.taggedMarks(repository, manifest), Optional.empty(), OptionalLong.empty());
        while (tags.hasNext()) {
            Tag tag = tags.next();
            if (names(repository, tag, manifest)) {
                found.add(tag);
            }
        }
        return found;
    }

    /** Notes a tag that the layout has. */
    void takeIn(RepositoryName repository, Tag tag) throws IOException {
        Optional<Digest> target = links.target(Keys.tagLink(repository, tag));
        if (target.isPresent()) {
            ensure(Set.of(Keys.taggedMark(repository, target.get(), tag)));
        }
        repairTag(repository, tag);
    }

    private boolean names(RepositoryName repository, Tag tag, Digest manifest) throws IOException {
        return links.target(Keys.tagLink(repository, tag)).equals(Optional.of(manifest));
    }

    /** Brings the mark of a repository in line with the facts, and returns whether it exists. */
    public boolean repairRepository(RepositoryName repository) throws IOException {
        boolean marked = store.stat(Keys.catalogueMark(repository)).isPresent();
        boolean exists = revisions.any(repository);
        if (exists == marked) {
            return exists;
        }
        if (exists) {
            mark(Set.of(Keys.catalogueMark(repository)));
            if (revisions.any(repository)) {
                return true;
            }
        }
        intents.begin(repository);
        return repairRepositoryAsIntended(repository);
    }

    /** As {@link #repairRepository}, for those who have written the intent already. */
    private boolean repairRepositoryAsIntended(RepositoryName repository) throws IOException {
        boolean exists = revisions.any(repository);
        if (!exists) {
            store.delete(Keys.catalogueMark(repository));
            exists = revisions.any(repository);
        }
        boolean restored = exists && ensure(Set.of(Keys.catalogueMark(repository)));
        return restored ? repairRepositoryAsIntended(repository) : exists;
    }

    /**
     * Brings the marks of a manifest in line with the facts. An intent must have been written.
     *
     * @param former the marks that it has, or had when it was there
     */
    public void repairManifest(RepositoryName repository, Digest digest, Set<ObjectKey> former) throws IOException {
        if (!revisions.contains(repository, digest)) {
            unmark(former);
        }
        Optional<ManifestDocument> document = revisions.read(repository, digest).flatMap(Revisions::understand);
        Set<ObjectKey> marks =
                document.map(found -> marksOf(repository, digest, found)).orElse(Set.of());
        if (ensure(marks) && !revisions.contains(repository, digest)) {
            repairManifest(repository, digest, marks);
        } else {
            repairRepositoryAsIntended(repository);
        }
    }
}
