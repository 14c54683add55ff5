package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.CollectionIndex;
import dev.berth.registry.internal.store.CollectionIndex.Alias;
import dev.berth.registry.internal.store.CollectionIndex.Holding;
import dev.berth.registry.internal.store.CollectionIndex.Reference;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at everything: merges the listings of the data and of the entries of the index, which all have the order of the digests, so
 * that it needs no memory for them. What may be garbage by that is looked at as any other candidate.
 */
final class MergePass {
    /** How many entries of a digest are in memory. Of those that have more, each repository is looked at by itself. */
    private static final int MOST_ENTRIES = 1000;

    /** More repositories are looked at by the next collection. */
    private static final int MOST_SUSPECTS = 200;

    private final Pass pass;
    private final Condemnation condemnation;
    private final LinkedManifests linked;

    private final DigestCursor<Digest> data;
    private final DigestCursor<Reference> references;
    private final DigestCursor<Holding> manifests;
    private final DigestCursor<Holding> holders;
    private final DigestCursor<Alias> aliases;

    MergePass(Pass pass) {
        this.pass = pass;
        this.condemnation = new Condemnation(pass);
        this.linked = new LinkedManifests(pass.look);
        CollectionIndex index = pass.index;
        this.data = new DigestCursor<>(index.data(Optional.empty()), digest -> digest);
        this.references = new DigestCursor<>(index.allReferences(Optional.empty()), Reference::content);
        this.manifests = new DigestCursor<>(index.allManifests(Optional.empty()), Holding::digest);
        this.holders = new DigestCursor<>(index.allHolders(Optional.empty()), Holding::digest);
        this.aliases = new DigestCursor<>(index.allAliases(Optional.empty()), Alias::data);
    }

    void run() throws IOException {
        pass.begin();
        for (Optional<Digest> next = next(); next.isPresent(); next = next()) {
            pass.next("look at everything");
            Digest digest = next.get();
            Entries entries = new Entries(
                    digest,
                    !data.take(digest, 1).entries().isEmpty(),
                    references.take(digest, MOST_ENTRIES),
                    manifests.take(digest, MOST_ENTRIES),
                    holders.take(digest, MOST_ENTRIES),
                    !aliases.take(digest, 1).entries().isEmpty());
            pass.about(digest, () -> look(entries));
        }
    }

    private Optional<Digest> next() {
        Digest first = null;
        for (DigestCursor<?> cursor : Set.of(data, references, manifests, holders, aliases)) {
            Digest digest = cursor.peek();
            if (digest != null && (first == null || DigestCursor.ORDER.compare(digest, first) < 0)) {
                first = digest;
            }
        }
        return Optional.ofNullable(first);
    }

    private record Entries(
            Digest digest,
            boolean stored,
            DigestCursor.Taken<Reference> references,
            DigestCursor.Taken<Holding> manifests,
            DigestCursor.Taken<Holding> holders,
            boolean aliased) {
        boolean all() {
            return references.all() && manifests.all() && holders.all();
        }
    }

    private void look(Entries entries) throws IOException {
        Digest digest = entries.digest;
        Set<RepositoryName> needing = new HashSet<>();
        for (Reference reference : entries.references.entries()) {
            if (linked.has(reference.repository(), reference.manifest())) {
                needing.add(reference.repository());
            } else {
                ghost(reference);
            }
        }
        for (Holding manifest : entries.manifests.entries()) {
            if (linked.has(manifest.repository(), digest)) {
                needing.add(manifest.repository());
            }
        }
        if (!entries.all()) {
            skippedGhosts(entries);
        }
        Set<RepositoryName> suspects = new LinkedHashSet<>();
        suspects(
                entries.manifests.all(),
                entries.manifests.entries().iterator(),
                needing,
                suspects,
                () -> pass.index.manifests(digest));
        suspects(
                entries.holders.all(),
                entries.holders.entries().iterator(),
                needing,
                suspects,
                () -> pass.index.holders(digest));
        if (!suspects.isEmpty() || (entries.stored && needing.isEmpty()) || entries.aliased) {
            consider(entries, suspects);
        }
    }

    private interface Listing {
        Iterator<RepositoryName> open();
    }

    /** Collects repositories that are not known to need the digest, as many as a mark can have. */
    private void suspects(
            boolean all,
            Iterator<Holding> entries,
            Set<RepositoryName> needing,
            Set<RepositoryName> suspects,
            Listing listing)
            throws IOException {
        while (all && entries.hasNext() && suspects.size() < MOST_SUSPECTS) {
            RepositoryName repository = entries.next().repository();
            if (!needing.contains(repository)) {
                suspects.add(repository);
            }
        }
        if (!all) {
            for (Iterator<RepositoryName> each = listing.open(); each.hasNext() && suspects.size() < MOST_SUSPECTS; ) {
                RepositoryName repository = each.next();
                if (!needing.contains(repository)) {
                    suspects.add(repository);
                }
            }
        }
    }

    /** Links may point at data of another digest, which is to be condemned then. */
    private void consider(Entries entries, Set<RepositoryName> suspects) throws IOException {
        Set<RepositoryName> own = new LinkedHashSet<>();
        for (RepositoryName repository : suspects) {
            Digest target = pass.contents.links().dataOf(repository, entries.digest);
            if (target.equals(entries.digest)) {
                own.add(repository);
            } else {
                condemnation.considerOrNote(target, Set.of(repository));
            }
        }
        if (entries.stored || !own.isEmpty() || entries.aliased) {
            condemnation.considerOrNote(entries.digest, own);
        }
    }

    /**
     * An entry of a manifest that the repository does not have. Whoever removes the manifest removes it, and could not know of it
     * if the data is gone.
     */
    private void ghost(Reference reference) throws IOException {
        if (!pass.plan) {
            pass.index.addGhost(reference);
        }
        condemnation.considerOrNote(reference.manifest(), Set.of(reference.repository()));
    }

    private void skippedGhosts(Entries entries) throws IOException {
        if (entries.references.all()) {
            return;
        }
        int skip = entries.references.entries().size();
        for (Iterator<Reference> all = pass.index.references(entries.digest); all.hasNext(); ) {
            Reference reference = all.next();
            if (skip-- <= 0 && !linked.has(reference.repository(), reference.manifest())) {
                ghost(reference);
            }
        }
    }
}
