package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.CollectionIndex;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Links;
import dev.berth.registry.internal.store.Mark;
import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes what a mark covers that this collection has moved to deleting: links and entries first, the data last, then the mark.
 * Thread-safe.
 */
final class Removal {
    private static final String REASON = "no manifest needs it";

    private final Pass pass;

    Removal(Pass pass) {
        this.pass = pass;
    }

    /** Counts what would be removed. */
    void plan(Digest data, Mark mark) throws IOException {
        pass.tally.add(
                Kind.REMOVED,
                Condemnation.object(data, mark.data(), mark.repositories()),
                mark.data() ? size(data) : 0,
                Optional.empty(),
                REASON);
    }

    /**
     * Removes it.
     *
     * @param begun when the mark was about to be moved, by {@link Pass#nanoTime}
     * @return whether all of it was removed, and the mark
     */
    boolean run(Digest data, Marks.Versioned deleting, long begun) throws IOException {
        Mark mark = deleting.mark();
        BoundedDeletion deletion = new BoundedDeletion(pass, begun);
        Set<Digest> names = pass.look.names(data);
        // Whoever goes on with this after a crash finds the links and references by the entries, so those go first.
        int links = removeLinks(deletion, mark, data, names);
        deletion.flush();
        removeEntries(deletion, mark, data, names);
        deletion.flush();
        long size = mark.data() ? size(data) : 0;
        if (mark.data()) {
            deletion.delete(Keys.data(data));
        }
        if (!deletion.finish() || !pass.marks.end(data, deleting)) {
            pass.tally.note("Not all that was begun to be removed is; a collection goes on with it after "
                    + Marks.TAKEOVER.toMinutes() + " minutes.");
            return false;
        }
        report(data, mark, size, links);
        return true;
    }

    private int removeLinks(BoundedDeletion deletion, Mark mark, Digest data, Set<Digest> names) throws IOException {
        int links = 0;
        if (mark.data()) {
            for (Digest name : names) {
                for (Iterator<RepositoryName> all = pass.index.holders(name); all.hasNext(); ) {
                    RepositoryName repository = all.next();
                    // These are next.
                    links +=
                            mark.repositories().contains(repository) ? 0 : removeLink(deletion, repository, name, data);
                }
            }
        }
        for (RepositoryName repository : mark.repositories()) {
            for (Digest name : names) {
                links += removeLink(deletion, repository, name, data);
            }
        }
        removeReferences(deletion, mark, data, names);
        return links;
    }

    /** Removes what says that the manifest needs its parts, if it is one. */
    private void removeReferences(BoundedDeletion deletion, Mark mark, Digest data, Set<Digest> names)
            throws IOException {
        Set<RepositoryName> some = new LinkedHashSet<>(mark.repositories());
        some.addAll(holders(data, 1));
        ManifestEntries entries = ManifestEntries.of(pass, data, some);
        Iterator<RepositoryName> manifests =
                mark.data() ? pass.index.manifests(data) : mark.repositories().iterator();
        while (manifests.hasNext()) {
            RepositoryName repository = manifests.next();
            entries.remove(deletion, repository);
            for (Digest name : names) {
                removeEmptyLink(Keys.revisionLink(repository, name));
            }
        }
        for (Iterator<CollectionIndex.Ghost> all = pass.index.ghosts(data); all.hasNext(); ) {
            CollectionIndex.Ghost ghost = all.next();
            if (mark.covers(ghost.repository())) {
                deletion.delete(Keys.referenceEntry(ghost.content(), ghost.repository(), data));
            }
        }
    }

    /** What a crash has left of a link counts as none. It must be gone before somebody writes it anew, or not go at all. */
    private void removeEmptyLink(ObjectKey link) throws IOException {
        Optional<ObjectStat> found = pass.store.stat(link);
        if (found.isPresent() && found.get().size() == 0) {
            pass.store.deleteIfUnchanged(link, found.get().version());
        }
    }

    private void removeEntries(BoundedDeletion deletion, Mark mark, Digest data, Set<Digest> names) throws IOException {
        for (Digest name : names) {
            for (Iterator<RepositoryName> all = covered(mark, pass.index.holders(name)); all.hasNext(); ) {
                deletion.delete(Keys.holderEntry(name, all.next()));
            }
        }
        for (Iterator<RepositoryName> all = covered(mark, pass.index.manifests(data)); all.hasNext(); ) {
            RepositoryName repository = all.next();
            deletion.delete(Keys.manifestEntry(data, repository));
            for (Digest name : names) {
                deletion.delete(Keys.revisionMediaType(repository, name));
            }
        }
        // What a push has left that was not completed may have no entries.
        for (RepositoryName repository : mark.repositories()) {
            for (Digest name : names) {
                deletion.delete(Keys.revisionMediaType(repository, name));
            }
        }
        for (Iterator<CollectionIndex.Ghost> all = pass.index.ghosts(data); all.hasNext(); ) {
            CollectionIndex.Ghost ghost = all.next();
            if (mark.covers(ghost.repository())) {
                deletion.delete(ghost.key());
            }
        }
        if (mark.data()) {
            for (Digest name : names) {
                if (!name.equals(data)) {
                    deletion.delete(Keys.aliasEntry(data, name));
                }
            }
        }
    }

    private static Iterator<RepositoryName> covered(Mark mark, Iterator<RepositoryName> repositories) {
        return mark.data() ? repositories : mark.repositories().iterator();
    }

    private void report(Digest data, Mark mark, long size, int links) {
        pass.removed(size);
        pass.tally.removedLinks(links);
        pass.tally.add(
                Kind.REMOVED,
                Condemnation.object(data, mark.data(), mark.repositories()),
                size,
                Optional.empty(),
                REASON);
        if (mark.data()) {
            pass.options.listener.removedData(data, size);
        }
    }

    private int removeLink(BoundedDeletion deletion, RepositoryName repository, Digest name, Digest data)
            throws IOException {
        ObjectKey link = Keys.layerLink(repository, name);
        if (!leadsTo(link, name, data)) {
            return 0;
        }
        deletion.delete(link);
        pass.options.listener.removedLink(repository, name);
        return 1;
    }

    /** Only links named by another hash may point at data of another digest. */
    private boolean leadsTo(ObjectKey link, Digest name, Digest data) throws IOException {
        if (name.equals(data) && name.algorithm() == DigestAlgorithm.SHA256) {
            return pass.look.exists(link);
        }
        Optional<Links.State> found = pass.contents.links().read(link);
        return found.isPresent()
                && (found.get().target().isPresent()
                        ? found.get().target().get().equals(data)
                        : name.equals(data));
    }

    long size(Digest data) throws IOException {
        return pass.look.size(Keys.data(data));
    }

    /** Returns some of the repositories that may have links of data. */
    Collection<RepositoryName> holders(Digest data, int most) {
        Set<RepositoryName> found = new LinkedHashSet<>();
        for (Digest name : pass.look.names(data)) {
            for (Iterator<RepositoryName> all = pass.index.holders(name); all.hasNext() && found.size() < most; ) {
                found.add(all.next());
            }
        }
        for (Iterator<RepositoryName> all = pass.index.manifests(data); all.hasNext() && found.size() < most; ) {
            found.add(all.next());
        }
        return List.copyOf(found);
    }
}
