package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.CollectionIndex;
import dev.berth.registry.internal.store.Holds;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.RegistryStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks for what needs data: links of manifests, and manifests that name it. Entries of the index only lead to them. Each call
 * reads the store. Thread-safe.
 *
 * <p>Thousands of deleted manifests may have shared a layer that a few others still need. Each of them leads to the same question, and
 * its answer stands behind the entries of all the others. So the manifest that was found is asked first the next time.
 */
final class Look {
    /** Of so much data it is remembered which manifest needs it: some megabytes. */
    private static final int MOST_REMEMBERED = 10_000;

    private final ObjectStore store;
    private final CollectionIndex index;
    private final Holds holds;

    /** Manifests that were found to need something. */
    private final Map<Asked, CollectionIndex.Reference> needing = new ConcurrentHashMap<>();

    Look(ObjectStore store, RegistryStore contents) {
        this.store = store;
        this.index = contents.collectionIndex();
        this.holds = contents.holds();
    }

    /** By which name something is needed, by anybody or by one repository. */
    private record Asked(Digest name, Optional<RepositoryName> repository) {}

    /** Returns the digests by which links may name data, its own first. */
    Set<Digest> names(Digest data) {
        Set<Digest> names = new LinkedHashSet<>();
        names.add(data);
        index.aliases(data).forEachRemaining(names::add);
        return names;
    }

    /** Returns what needs data, in words, or empty if nothing in any repository does. */
    Optional<String> need(Digest data) throws IOException {
        Set<Digest> names = names(data);
        for (Digest name : names) {
            Optional<CollectionIndex.Reference> reference = counting(new Asked(name, Optional.empty()));
            if (reference.isPresent()) {
                return reference.map(found -> "needed by " + found.repository() + "@" + found.manifest());
            }
        }
        for (Iterator<RepositoryName> all = index.manifests(data); all.hasNext(); ) {
            RepositoryName repository = all.next();
            if (isManifest(names, repository)) {
                return Optional.of("a manifest of " + repository);
            }
        }
        return index.broken().hasNext() ? heldByBroken(names) : Optional.empty();
    }

    /** Returns a reference that counts. */
    private Optional<CollectionIndex.Reference> counting(Asked asked) throws IOException {
        CollectionIndex.Reference before = needing.get(asked);
        if (before != null && counts(before.repository(), before.manifest())) {
            return Optional.of(before);
        }
        Iterator<CollectionIndex.Reference> all = asked.repository()
                .map(repository -> index.references(asked.name(), repository))
                .orElseGet(() -> index.references(asked.name()));
        while (all.hasNext()) {
            CollectionIndex.Reference reference = all.next();
            if (counts(reference.repository(), reference.manifest())) {
                if (needing.size() < MOST_REMEMBERED) {
                    needing.put(asked, reference);
                }
                return Optional.of(reference);
            }
        }
        return Optional.empty();
    }

    private Optional<String> heldByBroken(Set<Digest> names) throws IOException {
        for (Digest name : names) {
            for (Iterator<RepositoryName> all = index.holders(name); all.hasNext(); ) {
                RepositoryName repository = all.next();
                if (index.hasBroken(repository) && exists(Keys.layerLink(repository, name))) {
                    return Optional.of("linked by " + repository + ", which has a broken manifest");
                }
            }
        }
        return Optional.empty();
    }

    /** Returns whether a repository needs data, by one of its names. */
    boolean needs(RepositoryName repository, Digest data, Set<Digest> names) throws IOException {
        if (isManifest(names, repository)) {
            return true;
        }
        for (Digest name : names) {
            if (counting(new Asked(name, Optional.of(repository))).isPresent()) {
                return true;
            }
        }
        if (index.broken().hasNext() && index.hasBroken(repository)) {
            for (Digest name : names) {
                if (exists(Keys.layerLink(repository, name))) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Returns whether what a manifest refers to is needed: if the repository has it, or somebody is about to link it. Whoever
     * does has released it after that.
     */
    private boolean counts(RepositoryName repository, Digest manifest) throws IOException {
        return index.isLinked(repository, manifest)
                || index.isInTrash(repository, manifest)
                || holds.isHeld(manifest, repository)
                || index.isLinked(repository, manifest);
    }

    private boolean isManifest(Set<Digest> names, RepositoryName repository) throws IOException {
        for (Digest name : names) {
            if (hasManifest(repository, name)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a repository has a manifest, or can restore it. */
    boolean hasManifest(RepositoryName repository, Digest manifest) throws IOException {
        return index.hasManifest(repository, manifest);
    }

    boolean exists(ObjectKey key) throws IOException {
        return store.stat(key).isPresent();
    }

    /** Returns the size of an object, or 0 if there is none. */
    long size(ObjectKey key) throws IOException {
        return store.stat(key).map(ObjectStat::size).orElse(0L);
    }

    /** Returns whether a repository shows anything of data, or has entries of it, that could be removed. */
    boolean hasAnything(RepositoryName repository, Digest data, Set<Digest> names) throws IOException {
        for (Digest name : names) {
            if (exists(Keys.layerLink(repository, name))
                    || exists(Keys.holderEntry(name, repository))
                    || exists(Keys.revisionMediaType(repository, name))) {
                return true;
            }
        }
        return exists(Keys.manifestEntry(data, repository)) || hasGhost(data, repository);
    }

    private boolean hasGhost(Digest manifest, RepositoryName repository) {
        for (Iterator<CollectionIndex.Ghost> all = index.ghosts(manifest); all.hasNext(); ) {
            if (all.next().repository().equals(repository)) {
                return true;
            }
        }
        return false;
    }
}
