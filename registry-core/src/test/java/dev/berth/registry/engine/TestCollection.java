package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.internal.store.CollectionIndex;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Mark;
import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.internal.store.RegistryStore;
import dev.berth.registry.manifest.ManifestReference;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a collection does to the data of one digest, step by step. */
final class TestCollection {
    private final ObjectStore store;
    private final SettableClock clock;
    private final Digest data;
    private final Mark.Owner owner;
    final RegistryStore contents;
    private Marks.Versioned mark;

    TestCollection(ObjectStore store, SettableClock clock, Digest data) {
        this(store, clock, data, Mark.Owner.create());
    }

    TestCollection(ObjectStore store, SettableClock clock, Digest data, Mark.Owner owner) {
        this.store = store;
        this.clock = clock;
        this.data = data;
        this.owner = owner;
        this.contents = new RegistryStore(
                store,
                clock,
                () -> ChronoUnit.NANOS.between(SettableClock.BEGIN, clock.instant()),
                clock::advance,
                new MemoryBudget(1 << 20),
                0);
    }

    /** Condemns the data, or links of repositories, if it has no mark. */
    boolean condemn(RepositoryName... repositories) throws IOException {
        Optional<Marks.Versioned> written =
                contents.marks().condemn(data, owner, repositories.length == 0, Set.of(repositories));
        written.ifPresent(found -> mark = found);
        return written.isPresent();
    }

    /** Moves the mark to deleting, unless it was rescued. */
    boolean beginDeleting() throws IOException {
        Optional<Marks.Versioned> moved = contents.marks().beginDeleting(data, mark, owner);
        moved.ifPresent(found -> mark = found);
        return moved.isPresent();
    }

    /** Returns whether a manifest of any repository needs the data, or it is a manifest of one. */
    boolean isNeeded() throws IOException {
        CollectionIndex index = contents.collectionIndex();
        for (Digest name : names()) {
            for (Iterator<CollectionIndex.Reference> all = index.references(name); all.hasNext(); ) {
                CollectionIndex.Reference reference = all.next();
                if (index.hasManifest(reference.repository(), reference.manifest())) {
                    return true;
                }
            }
            for (Iterator<RepositoryName> all = index.manifests(data); all.hasNext(); ) {
                if (index.hasManifest(all.next(), name)) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<Digest> names() {
        List<Digest> names = new ArrayList<>(List.of(data));
        contents.collectionIndex().aliases(data).forEachRemaining(names::add);
        return names;
    }

    /** Removes all links of blobs, all entries, and the data. */
    void remove() throws IOException {
        CollectionIndex index = contents.collectionIndex();
        List<ObjectKey> entries = new ArrayList<>();
        for (Digest name : names()) {
            for (Iterator<RepositoryName> holders = index.holders(name); holders.hasNext(); ) {
                RepositoryName repository = holders.next();
                store.delete(Keys.layerLink(repository, name));
                entries.add(Keys.holderEntry(name, repository));
            }
            index.references(name).forEachRemaining(reference -> entries.add(reference.key()));
        }
        for (Iterator<RepositoryName> manifests = index.manifests(data); manifests.hasNext(); ) {
            RepositoryName repository = manifests.next();
            entries.add(Keys.manifestEntry(data, repository));
            contents.revisions()
                    .readDocument(repository, data)
                    .ifPresent(document -> document.references().stream()
                            .filter(ManifestReference::isContent)
                            .forEach(reference ->
                                    entries.add(Keys.referenceEntry(reference.digest(), repository, data))));
        }
        for (ObjectKey entry : entries) {
            store.delete(entry);
        }
        store.delete(Keys.data(data));
    }

    void end() throws IOException {
        contents.marks().end(data, mark);
    }

    /** Returns the state of the mark. */
    Optional<Mark.State> state() throws IOException {
        return contents.marks().read(data).map(found -> found.mark().state());
    }

    /** Returns the repositories of the candidates with this digest. */
    List<RepositoryName> candidates() throws IOException {
        List<RepositoryName> found = new ArrayList<>();
        for (Iterator<ObjectKey> keys = contents.candidates().keys(); keys.hasNext(); ) {
            contents.candidates()
                    .read(keys.next())
                    .filter(candidate -> candidate.digest().equals(data))
                    .ifPresent(candidate -> found.add(candidate.repository()));
        }
        return found;
    }
}
