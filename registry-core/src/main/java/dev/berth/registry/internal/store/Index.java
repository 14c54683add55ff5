package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectBatch;
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
 * Berth's own index: objects that are empty, but for those of {@link ReferrerIndex}, so that a listing costs one page and a
 * deletion costs its own tags. The index is derived from the facts, which always decide. {@code docs/storage-layout.md}
 * describes how it is kept complete. Those entries that are for collections only are those of {@link CollectionEntries}.
 */
public final class Index {
    private final ObjectStore store;
    private final Links links;
    private final Revisions revisions;
    private final RepairJournal journal;

    Index(ObjectStore store, Links links, Revisions revisions, RepairJournal journal) {
        this.store = store;
        this.links = links;
        this.revisions = revisions;
        this.journal = journal;
    }

    /** Returns the entries of a tag that names a manifest. */
    public static Set<ObjectKey> entriesOf(RepositoryName repository, Tag tag, Digest target) {
        Set<ObjectKey> entries = new LinkedHashSet<>();
        entries.add(Keys.tagEntry(repository, tag));
        entries.add(Keys.taggedEntry(repository, target, tag));
        return entries;
    }

    /**
     * Returns the entries of a manifest that listings page through. That of its repository is not among them, nor are those for
     * collection, which deletions leave alone.
     */
    public static Set<ObjectKey> entriesOf(RepositoryName repository, Digest manifest, ManifestDocument document) {
        Set<ObjectKey> entries = new LinkedHashSet<>();
        for (ManifestReference reference : document.references()) {
            if (!reference.isContent()) {
                entries.add(Keys.referrerEntry(repository, reference.digest(), manifest, document.artifactType()));
            }
        }
        return entries;
    }

    /** Returns the entries of listings that a manifest may have. */
    public static Set<ObjectKey> formerEntriesOf(
            RepositoryName repository, Digest manifest, ManifestDocument document) {
        Set<ObjectKey> entries = entriesOf(repository, manifest, document);
        document.subject()
                .ifPresent(subject -> entries.add(Keys.untypedReferrerEntry(repository, subject.digest(), manifest)));
        return entries;
    }

    /** Iterates over the repositories in the catalogue, in the order of their names. */
    public Iterator<RepositoryName> repositories(Optional<RepositoryName> after, OptionalLong wanted) {
        return StoredNames.level(
                store,
                "list repositories",
                Keys.CATALOGUE,
                after.map(SortableName::encode),
                wanted,
                SortableName::decode);
    }

    /** Iterates over the tags of a repository, in their order. */
    public Iterator<Tag> tags(RepositoryName repository, Optional<Tag> after, OptionalLong wanted) {
        return tags(Keys.tagEntries(repository), after, wanted);
    }

    /** Iterates over the tags that name a manifest, and those that did until just now. */
    public Iterator<Tag> tagsOf(RepositoryName repository, Digest manifest) {
        return tags(Keys.taggedEntries(repository, manifest), Optional.empty(), OptionalLong.empty());
    }

    private Iterator<Tag> tags(KeyPrefix entries, Optional<Tag> after, OptionalLong wanted) {
        return StoredNames.level(store, "list tags", entries, after.map(Tag::value), wanted, KeyReader::tag);
    }

    /** Iterates over the manifests of a repository that refer to this content, or did. */
    public Iterator<Digest> manifestsWith(RepositoryName repository, Digest content, long wanted) {
        return StoredNames.level(
                store,
                "look for manifests with " + repository + "@" + content,
                Keys.referenceEntries(content, repository),
                Optional.empty(),
                OptionalLong.of(wanted),
                KeyReader::digestOfLeaf);
    }

    /** Iterates over the repositories that may have a blob. */
    public Iterator<RepositoryName> holders(Digest blob) {
        return StoredNames.level(
                store,
                "look for repositories with " + blob,
                Keys.holderEntries(blob),
                Optional.empty(),
                OptionalLong.empty(),
                SortableName::decode);
    }

    /** Adds the entry for a blob that a repository is about to have to a batch. */
    public static void addHolder(ObjectBatch.Builder batch, RepositoryName repository, Digest blob) {
        batch.mark(Keys.holderEntry(blob, repository));
    }

    /** Returns whether the catalogue has the repository. */
    public boolean inCatalogue(RepositoryName repository) throws IOException {
        return store.stat(Keys.catalogueEntry(repository)).isPresent();
    }

    /** Writes entries. */
    public void add(Set<ObjectKey> entries) throws IOException {
        store.mark(entries);
    }

    /**
     * Writes those entries again that another process has deleted meanwhile.
     *
     * @return whether there were any: what they stand for may have been deleted with them, and must be checked again
     */
    public boolean ensure(Set<ObjectKey> entries) throws IOException {
        List<ObjectKey> missing = missing(entries);
        if (missing.isEmpty()) {
            return false;
        }
        store.mark(missing);
        return true;
    }

    private List<ObjectKey> missing(Set<ObjectKey> entries) throws IOException {
        List<ObjectKey> missing = new ArrayList<>();
        try (Prefetches<ObjectKey, Boolean> found =
                Prefetches.begin(store, entries, entry -> store.stat(entry).isPresent())) {
            for (ObjectKey entry : entries) {
                if (!found.get(entry)) {
                    missing.add(entry);
                }
            }
        }
        return missing;
    }

    /** As {@link #ensure}, for the entries of a tag that has been seen to name a manifest. */
    public void ensureTag(RepositoryName repository, Tag tag, Digest target) throws IOException {
        if (ensure(entriesOf(repository, tag, target)) && !names(repository, tag, target)) {
            repairTagged(repository, target, tag);
        }
    }

    private void remove(Set<ObjectKey> entries) throws IOException {
        ObjectBatch.Builder batch = ObjectBatch.builder();
        entries.forEach(batch::delete);
        // That any of them goes first is harmless: the repair is in the journal, and each stands for itself.
        store.apply(batch.build());
    }

    /** Brings the entries of a tag in line with the facts. */
    public void repairTag(RepositoryName repository, Tag tag) throws IOException {
        Optional<Digest> target = revisions.named(repository, tag);
        if (target.isPresent()) {
            ensureTag(repository, tag, target.get());
        } else if (store.stat(Keys.tagEntry(repository, tag)).isPresent()) {
            journal.append(repository, tag);
            repairJournaledTag(repository, tag);
        }
    }

    /** Deletes the entry of a tag that was just found missing. A push that failed may have left it behind. */
    public void dropGhost(RepositoryName repository, Tag tag) throws IOException {
        if (store.stat(Keys.tagEntry(repository, tag)).isPresent()) {
            repairTag(repository, tag);
        }
    }

    /** Deletes the entries of a tag that was deleted, unless the tag is back. The repair must be in the journal. */
    public void removeJournaledTag(RepositoryName repository, Tag tag, Digest formerTarget) throws IOException {
        store.delete(Keys.taggedEntry(repository, formerTarget, tag));
        repairJournaledTag(repository, tag);
    }

    /** As {@link #repairTag}. The repair must be in the journal. */
    private void repairJournaledTag(RepositoryName repository, Tag tag) throws IOException {
        Optional<Digest> target = revisions.named(repository, tag);
        if (target.isEmpty()) {
            store.delete(Keys.tagEntry(repository, tag));
            target = revisions.named(repository, tag);
        }
        if (target.isPresent()) {
            ensureTag(repository, tag, target.get());
        }
    }

    /**
     * Deletes the entries of a tag that could not be set to a manifest, unless it names it. If that fails as well, ghosts are left.
     *
     * @param reason why the tag could not be set; further failures are added to it
     */
    public void withdraw(RepositoryName repository, Tag tag, Digest manifest, IOException reason) {
        withdraw(
                reason,
                () -> revisions.named(repository, tag).equals(Optional.of(manifest)),
                () -> ensureTag(repository, tag, manifest),
                () -> journal.appendForPush(repository, tag),
                () -> {
                    if (!names(repository, tag, manifest)) {
                        store.delete(Keys.taggedEntry(repository, manifest, tag));
                    }
                    repairJournaledTag(repository, tag);
                });
    }

    /**
     * Deletes the entry of a repository whose first manifest could not be stored, unless it has another one.
     *
     * @param reason why the manifest could not be stored; further failures are added to it
     */
    public void withdraw(RepositoryName repository, IOException reason) {
        withdraw(
                reason,
                () -> revisions.any(repository),
                () -> ensure(Set.of(Keys.catalogueEntry(repository))),
                () -> journal.appendForPush(repository),
                () -> repairJournaledRepository(repository));
    }

    private static void withdraw(
            IOException reason,
            StoreCalls.Call<Boolean> exists,
            StoreCalls.Action keep,
            StoreCalls.Action append,
            StoreCalls.Action repair) {
        if (reason instanceof StorageBusyException) {
            // More requests would make it worse.
            return;
        }
        try {
            if (exists.run()) {
                // The answer may have been lost, and another request may have removed its entry before.
                keep.run();
                return;
            }
            try {
                append.run();
            } catch (StorageFullException e) {
                // A full disk has no room for the journal, and nothing that did not fit must be listed. The journal
                // entry would matter only if this process died within the next call while another set the same tag.
            }
            repair.run();
        } catch (IOException e) {
            if (!e.equals(reason)) {
                reason.addSuppressed(e);
            }
        }
    }

    /**
     * Brings the entries of a tag in line with the facts, where an entry says that it names a manifest. That entry stays
     * if only the manifest is gone: if the manifest comes back, so does the tag, and it must be listed.
     */
    public void repairTagged(RepositoryName repository, Digest digest, Tag tag) throws IOException {
        if (!names(repository, tag, digest)) {
            journal.append(repository, tag);
            removeJournaledTag(repository, tag, digest);
        } else if (revisions.contains(repository, digest)) {
            ensureTag(repository, tag, digest);
        } else {
            repairTag(repository, tag);
        }
    }

    /** Returns the tags whose links name a manifest. If the manifest is missing, they come back with it. */
    public Set<Tag> tagsThatName(RepositoryName repository, Digest manifest) throws IOException {
        Set<Tag> found = new LinkedHashSet<>();
        for (Iterator<Tag> tags = tagsOf(repository, manifest); tags.hasNext(); ) {
            Tag tag = tags.next();
            if (names(repository, tag, manifest)) {
                found.add(tag);
            }
        }
        return found;
    }

    /** Writes the entries of a tag that the layout has. */
    void addFromLayout(RepositoryName repository, Tag tag) throws IOException {
        Optional<Digest> target = links.target(Keys.tagLink(repository, tag));
        if (target.isPresent()) {
            ensure(Set.of(Keys.taggedEntry(repository, target.get(), tag)));
        }
        repairTag(repository, tag);
    }

    /** Returns whether the link of a tag names a manifest, be it there or not. */
    public boolean names(RepositoryName repository, Tag tag, Digest manifest) throws IOException {
        return links.target(Keys.tagLink(repository, tag)).equals(Optional.of(manifest));
    }

    /** Brings the entry of a repository in line with the facts, and returns whether the repository exists. */
    public boolean repairRepository(RepositoryName repository) throws IOException {
        boolean listed = inCatalogue(repository);
        boolean exists = revisions.any(repository);
        if (exists == listed) {
            return exists;
        }
        if (exists) {
            add(Set.of(Keys.catalogueEntry(repository)));
            if (revisions.any(repository)) {
                return true;
            }
        }
        journal.append(repository);
        return repairJournaledRepository(repository);
    }

    /** As {@link #repairRepository}. The repair must be in the journal. */
    private boolean repairJournaledRepository(RepositoryName repository) throws IOException {
        boolean exists = revisions.any(repository);
        if (!exists) {
            store.delete(Keys.catalogueEntry(repository));
            exists = revisions.any(repository);
        }
        boolean restored = exists && ensure(Set.of(Keys.catalogueEntry(repository)));
        return restored ? repairJournaledRepository(repository) : exists;
    }

    /** Brings the entries of a manifest in line with the facts. The repair must be in the journal. */
    public void repairJournaledManifest(RepositoryName repository, Digest digest) throws IOException {
        Set<ObjectKey> former = revisions
                .readDocument(repository, digest)
                .map(document -> formerEntriesOf(repository, digest, document))
                .orElse(Set.of());
        repairJournaledManifest(repository, digest, former);
    }

    /** As the other method, for whoever has the manifest, since its data may be gone. */
    void repairJournaledManifest(RepositoryName repository, Digest digest, ManifestDocument document)
            throws IOException {
        repairJournaledManifest(repository, digest, formerEntriesOf(repository, digest, document));
    }

    /**
     * Brings the entries of a manifest in line with the facts. The repair must be in the journal.
     *
     * @param former the entries that it has, or had before it was deleted
     */
    private void repairJournaledManifest(RepositoryName repository, Digest digest, Set<ObjectKey> former)
            throws IOException {
        if (!revisions.contains(repository, digest)) {
            remove(former);
        }
        Optional<ManifestDocument> document = revisions.understood(repository, digest);
        Set<ObjectKey> entries =
                document.map(found -> entriesOf(repository, digest, found)).orElse(Set.of());
        if (ensure(entries) && !revisions.contains(repository, digest)) {
            repairJournaledManifest(repository, digest, entries);
        } else {
            repairJournaledRepository(repository);
        }
    }
}
