package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.CollectionIndex;
import dev.berth.registry.internal.store.Index;
import dev.berth.registry.internal.store.IndexState;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Links;
import dev.berth.registry.internal.store.RegistryStore;
import dev.berth.registry.internal.store.Revisions;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Finds the repositories, manifests and tags that need some content, through the index. Looks at a limited number. */
final class AffectedSearch {
    private final Index index;
    private final IndexState state;
    private final CollectionIndex needs;
    private final Links links;
    private final Revisions revisions;
    private final int mostEntries;

    /** @param mostEntries how many entries of the index are looked at for one content */
    AffectedSearch(RegistryStore registry, int mostEntries) {
        this.mostEntries = mostEntries;
        this.index = registry.index();
        this.state = registry.indexState();
        this.needs = registry.collectionIndex();
        this.links = registry.links();
        this.revisions = registry.revisions();
    }

    /** Returns the repositories that show this data, and what of them needs it. */
    List<AffectedRepository> by(Digest data) throws IOException {
        Search search = new Search();
        search.manifestsWith(data);
        search.holdersOfBlob(data);
        search.holdersOfManifest(data);
        return search.result();
    }

    /** Returns what of one repository needs this content. */
    List<AffectedRepository> by(RepositoryName repository, Digest content) throws IOException {
        Search search = new Search();
        search.add(repository);
        for (Iterator<Digest> parents = index.manifestsWith(repository, content, AffectedRepository.MOST);
                parents.hasNext() && search.goesOn(); ) {
            search.addManifest(repository, parents.next());
        }
        search.addManifest(repository, content);
        return search.result();
    }

    private static final class Found {
        private final Set<Digest> manifests = new LinkedHashSet<>();
        private final Set<Tag> tags = new LinkedHashSet<>();
    }

    private final class Search {
        private final Map<RepositoryName, Found> found = new LinkedHashMap<>();
        private int looked;

        private boolean goesOn() {
            looked++;
            return looked <= mostEntries && found.size() <= ScrubFinding.MOST_AFFECTED;
        }

        void manifestsWith(Digest content) throws IOException {
            for (Iterator<CollectionIndex.Reference> all = needs.references(content); all.hasNext() && goesOn(); ) {
                CollectionIndex.Reference reference = all.next();
                addManifest(reference.repository(), reference.manifest());
            }
        }

        void holdersOfManifest(Digest manifest) throws IOException {
            for (Iterator<RepositoryName> all = needs.manifests(manifest); all.hasNext() && goesOn(); ) {
                addManifest(all.next(), manifest);
            }
            if (!state.collectable()) {
                // An older index has no such entries. Last, since that uses up all that may be looked at.
                Iterator<RepositoryName> all = index.repositories(Optional.empty(), OptionalLong.empty());
                while (all.hasNext() && goesOn()) {
                    addManifest(all.next(), manifest);
                }
            }
        }

        void holdersOfBlob(Digest data) throws IOException {
            for (Iterator<RepositoryName> all = needs.holders(data); all.hasNext() && goesOn(); ) {
                RepositoryName repository = all.next();
                if (links.target(Keys.layerLink(repository, data)).equals(Optional.of(data))) {
                    add(repository);
                }
            }
        }

        Found add(RepositoryName repository) {
            return found.computeIfAbsent(repository, name -> new Found());
        }

        /** Adds a manifest, if the repository has it, and those that refer to it, and so on. */
        void addManifest(RepositoryName repository, Digest manifest) throws IOException {
            Deque<Digest> next = new ArrayDeque<>(List.of(manifest));
            while (!next.isEmpty() && goesOn()) {
                Digest digest = next.remove();
                Found here = found.get(repository);
                if (here != null
                                && (here.manifests.contains(digest) || here.manifests.size() >= AffectedRepository.MOST)
                        || !revisions.isLinked(repository, digest)) {
                    continue;
                }
                Found entry = add(repository);
                entry.manifests.add(digest);
                entry.tags.addAll(index.tagsThatName(repository, digest));
                index.manifestsWith(repository, digest, AffectedRepository.MOST).forEachRemaining(next::add);
            }
        }

        List<AffectedRepository> result() {
            List<AffectedRepository> all = new ArrayList<>();
            found.forEach((repository, entry) -> all.add(new AffectedRepository(
                    repository,
                    List.copyOf(entry.manifests),
                    entry.tags.stream().limit(AffectedRepository.MOST).toList())));
            return all.subList(0, Math.min(all.size(), ScrubFinding.MOST_AFFECTED));
        }
    }
}
