package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a collection asks the index, and the facts that decide. An entry only leads to a fact: a link, or the trash. Entries
 * are written before the fact, and removed by collections only, while they hold a mark that is deleting. Complete once {@link
 * IndexState#collectable}. Thread-safe.
 */
public final class CollectionIndex {
    private static final String WHAT = "look for what needs ";

    private final ObjectStore store;
    private final Index index;
    private final CollectionEntries entries;

    CollectionIndex(ObjectStore store, Index index, CollectionEntries entries) {
        this.store = store;
        this.index = index;
        this.entries = entries;
    }

    /**
     * A manifest needs content, if the repository has it.
     *
     * @param content the digest of the content, as the manifest names it, or that of the data
     */
    public record Reference(Digest content, RepositoryName repository, Digest manifest) {
        /** Returns the key of the entry. */
        public ObjectKey key() {
            return Keys.referenceEntry(content, repository, manifest);
        }
    }

    /** A repository has, or had, something of this digest. */
    public record Holding(Digest digest, RepositoryName repository) {}

    /** Data of this digest is, or was, linked by another digest. */
    public record Alias(Digest data, Digest digest) {}

    // About one digest

    /** Iterates over the references to content, as it is named here, of all repositories. */
    public Iterator<Reference> references(Digest content) {
        return StoredNames.tree(
                store,
                WHAT + content,
                Keys.referenceEntries(content),
                OptionalLong.empty(),
                key -> reference(Keys.REFERENCES, key));
    }

    /**
     * Returns the first references to content, with one listing: enough to show who has it. Of manifests that are gone there may
     * be some.
     *
     * @param most how many
     */
    public static List<Reference> first(ObjectStore store, Digest content, int most) {
        Iterator<Reference> all = StoredNames.tree(
                store,
                WHAT + content,
                Keys.referenceEntries(content),
                OptionalLong.of(most),
                key -> reference(Keys.REFERENCES, key));
        List<Reference> found = new ArrayList<>();
        while (found.size() < most && all.hasNext()) {
            found.add(all.next());
        }
        return found;
    }

    /** As the other method, for the references of one repository. */
    public Iterator<Reference> references(Digest content, RepositoryName repository) {
        return StoredNames.tree(
                store,
                WHAT + repository + "@" + content,
                Keys.referenceEntries(content, repository),
                OptionalLong.empty(),
                key -> reference(Keys.REFERENCES, key));
    }

    /** Iterates over the repositories that may have data as a manifest, by its own digest or by an alias. */
    public Iterator<RepositoryName> manifests(Digest data) {
        return names(data, Keys.manifestEntries(data), SortableName::decode);
    }

    /** Iterates over the repositories that may have a link of a blob of this name. */
    public Iterator<RepositoryName> holders(Digest digest) {
        return index.holders(digest);
    }

    /** Iterates over the other digests by which links may name data. */
    public Iterator<Digest> aliases(Digest data) {
        return names(data, Keys.aliasEntries(data), KeyReader::digestOfLeaf);
    }

    private <T> Iterator<T> names(Digest digest, KeyPrefix prefix, Function<String, Optional<T>> decode) {
        return StoredNames.level(store, WHAT + digest, prefix, Optional.empty(), OptionalLong.empty(), decode);
    }

    // Facts

    /**
     * Returns whether a repository needs what a manifest of it needs, and the manifest: it has a link of it, whose data may even
     * be missing, or can restore it.
     *
     * @param manifest the digest by which the repository names it
     */
    public boolean hasManifest(RepositoryName repository, Digest manifest) throws IOException {
        // What is restored is linked before it leaves the trash.
        return isLinked(repository, manifest) || isInTrash(repository, manifest) || isLinked(repository, manifest);
    }

    /** Returns whether a repository can restore a manifest that was deleted. */
    public boolean isInTrash(RepositoryName repository, Digest manifest) throws IOException {
        return store.stat(Keys.trashedManifest(repository, manifest)).isPresent();
    }

    /** Returns whether there is a link. One that is not understood may be mended. An empty one is what is left of one. */
    public boolean isLinked(RepositoryName repository, Digest manifest) throws IOException {
        return store.stat(Keys.revisionLink(repository, manifest))
                .filter(stat -> stat.size() > 0)
                .isPresent();
    }

    // Manifests that are not understood

    /** Iterates over the manifests of which nobody knows what they need, by repository. */
    public Iterator<Holding> broken() {
        return StoredNames.tree(
                store, "list broken manifests", Keys.BROKEN, OptionalLong.empty(), CollectionIndex::broken);
    }

    private static Optional<Holding> broken(String key) {
        String[] segments = key.substring(Keys.BROKEN.value().length()).split("/", -1);
        return segments.length != 2
                ? Optional.empty()
                : SortableName.decode(segments[0])
                        .flatMap(repository ->
                                KeyReader.digestOfLeaf(segments[1]).map(digest -> new Holding(digest, repository)));
    }

    /** Returns whether a repository has a manifest of which nobody knows what it needs. Then it needs all that it links. */
    public boolean hasBroken(RepositoryName repository) {
        return StoredNames.level(
                        store,
                        "look for broken manifests of " + repository,
                        Keys.brokenEntries(repository),
                        Optional.empty(),
                        OptionalLong.of(1),
                        KeyReader::digestOfLeaf)
                .hasNext();
    }

    /**
     * Looks at a manifest again that was broken, or may be, and writes what follows from it: its entries if it is understood, and
     * that it is broken otherwise.
     *
     * @return whether it is broken: the repository has it, and what it needs is not known
     */
    public boolean repairBroken(RepositoryName repository, Digest manifest) throws IOException {
        if (!hasManifest(repository, manifest)) {
            store.delete(Keys.brokenEntry(repository, manifest));
            return false;
        }
        return entries.writeManifest(repository, manifest);
    }

    // References of manifests that are gone

    /**
     * A reference whose manifest the repository does not have. It goes with the manifest; it is noted since the manifest may not
     * be there to tell of it.
     */
    public record Ghost(Digest manifest, RepositoryName repository, Digest content) {
        /** Returns the key of the note. */
        public ObjectKey key() {
            return Keys.ghostEntry(manifest, repository, content);
        }
    }

    /** Notes a reference whose manifest the repository does not have, unless whoever removes the manifest has removed it. */
    public void addGhost(Reference reference) throws IOException {
        Ghost ghost = new Ghost(reference.manifest(), reference.repository(), reference.content());
        store.putForDeletion(ghost.key(), new byte[0], PutCondition.always());
        dropGhost(ghost);
    }

    /** Removes the note of a reference that is not there any more. */
    public void dropGhost(Ghost ghost) throws IOException {
        if (store.stat(Keys.referenceEntry(ghost.content(), ghost.repository(), ghost.manifest()))
                .isEmpty()) {
            store.delete(ghost.key());
        }
    }

    /** Iterates over all noted references. */
    public Iterator<Ghost> ghosts() {
        return ghosts(Keys.GHOSTS);
    }

    /** Iterates over the noted references of a manifest. */
    public Iterator<Ghost> ghosts(Digest manifest) {
        return ghosts(Keys.ghostEntries(manifest));
    }

    private Iterator<Ghost> ghosts(KeyPrefix prefix) {
        return StoredNames.tree(
                store,
                "list references of manifests that are gone",
                prefix,
                OptionalLong.empty(),
                CollectionIndex::ghost);
    }

    private static Optional<Ghost> ghost(String key) {
        return reference(Keys.GHOSTS, key).map(found -> {
            // The other way round than in the key of a reference.
            Digest manifest = found.content();
            Digest content = found.manifest();
            return new Ghost(manifest, found.repository(), content);
        });
    }

    // Entries that listings page through, of which a push that has failed may have left some

    /** An entry of a repository that leads to or from a digest. */
    public record Lead(RepositoryName repository, Digest digest, String last, ObjectKey key) {}

    /** Iterates over all entries of tags by the manifest that they name. The last part is the tag. */
    public Iterator<Lead> tagged() {
        return StoredNames.tree(store, "list tags", Keys.TAGGED, OptionalLong.empty(), key -> lead(Keys.TAGGED, key));
    }

    /** Iterates over all entries of referrers by their subject. The last part begins with the referrer. */
    public Iterator<Lead> referrers() {
        return StoredNames.tree(
                store, "list referrers", Keys.REFERRERS, OptionalLong.empty(), key -> lead(Keys.REFERRERS, key));
    }

    private static Optional<Lead> lead(KeyPrefix prefix, String key) {
        String name = key.substring(prefix.value().length());
        String repository = name.substring(0, Math.max(0, name.indexOf('/')));
        return KeyReader.below(KeyPrefix.of(prefix + repository + "/"), key)
                .filter(found -> !repository.isEmpty() && found.rest().size() == 1)
                .flatMap(found -> SortableName.decode(repository)
                        .map(decoded ->
                                new Lead(decoded, found.digest(), found.rest().get(0), ObjectKey.of(key))));
    }

    /** Returns the manifest in the last part of the entry of a referrer. */
    public static Optional<Digest> referrer(Lead lead) {
        int dot = lead.last.indexOf('.');
        return KeyReader.digestOfLeaf(dot < 0 ? lead.last : lead.last.substring(0, dot));
    }

    // All of them, in the order of the digests, so that they can be merged

    /** Iterates over the data of all blobs and manifests, behind one. */
    public Iterator<Digest> data(Optional<Digest> after) {
        return all(
                "list the data",
                Keys.BLOBS,
                after.map(digest -> Keys.data(digest).value()),
                KeyReader::digestOfData);
    }

    /** Iterates over all references, behind those to one content. */
    public Iterator<Reference> allReferences(Optional<Digest> after) {
        return all(Keys.REFERENCES, after.map(Keys::referenceEntries), CollectionIndex::reference);
    }

    /** Iterates over all entries of manifests, behind those of one. */
    public Iterator<Holding> allManifests(Optional<Digest> after) {
        return all(Keys.MANIFEST_ENTRIES, after.map(Keys::manifestEntries), CollectionIndex::holding);
    }

    /** Iterates over all holders of blobs, behind those of one. */
    public Iterator<Holding> allHolders(Optional<Digest> after) {
        return all(Keys.HOLDERS, after.map(Keys::holderEntries), CollectionIndex::holding);
    }

    /** Iterates over all aliases, behind those of one digest of data. */
    public Iterator<Alias> allAliases(Optional<Digest> after) {
        return all(Keys.ALIASES, after.map(Keys::aliasEntries), CollectionIndex::alias);
    }

    private <T> Iterator<T> all(
            KeyPrefix prefix, Optional<KeyPrefix> after, BiFunction<KeyPrefix, String, Optional<T>> decode) {
        // A tilde comes behind every character of a name.
        return all("list the index", prefix, after.map(last -> last.value() + "~"), key -> decode.apply(prefix, key));
    }

    private <T> Iterator<T> all(
            String what, KeyPrefix prefix, Optional<String> after, Function<String, Optional<T>> decode) {
        return StoredNames.tree(store, what, prefix, after, decode);
    }

    private static Optional<Reference> reference(KeyPrefix prefix, String key) {
        return KeyReader.below(prefix, key)
                .filter(found -> found.rest().size() == 2)
                .flatMap(found -> {
                    List<String> rest = found.rest();
                    return SortableName.decode(rest.get(0))
                            .flatMap(repository -> KeyReader.digestOfLeaf(rest.get(1))
                                    .map(manifest -> new Reference(found.digest(), repository, manifest)));
                });
    }

    private static Optional<Holding> holding(KeyPrefix prefix, String key) {
        return KeyReader.below(prefix, key)
                .filter(found -> found.rest().size() == 1)
                .flatMap(found -> SortableName.decode(found.rest().get(0))
                        .map(repository -> new Holding(found.digest(), repository)));
    }

    private static Optional<Alias> alias(KeyPrefix prefix, String key) {
        return KeyReader.below(prefix, key)
                .filter(found -> found.rest().size() == 1)
                .flatMap(found ->
                        KeyReader.digestOfLeaf(found.rest().get(0)).map(digest -> new Alias(found.digest(), digest)));
    }
}
