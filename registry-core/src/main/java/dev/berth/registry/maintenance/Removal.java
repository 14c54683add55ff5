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

    /** So many repositories are asked of which media type a manifest is. */
    private static final int MOST_TYPING = 5;

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
     * What was removed.
     *
     * @param all whether everything was, and the mark
     * @param left otherwise, if nothing is in progress and the mark is deleting still, the repositories of the mark of which something
     *     may be left. More would take too long for those that wait. If it is empty, the mark stays for whoever takes over
     */
    record Outcome(boolean all, Optional<Set<RepositoryName>> left) {}

    /**
     * Removes it.
     *
     * @param begun when the mark was about to be moved, by {@link Pass#nanoTime}
     * @param entries those of {@link #entries}
     */
    Outcome run(Digest data, Marks.Versioned deleting, long begun, ManifestEntries entries) throws IOException {
        Mark mark = deleting.mark();
        BoundedDeletion deletion = new BoundedDeletion(pass, begun);
        Set<Digest> names = pass.look.names(data);
        // Whoever goes on with this after a crash finds the links and references by the entries, so those go first.
        Set<RepositoryName> left = new LinkedHashSet<>(mark.repositories());
        int links = mark.data() ? removeHeldLinks(deletion, data, names) : 0;
        links += removeLinks(deletion, mark, data, names, entries, left);
        if (mark.data()) {
            removeReferences(deletion, data, names, entries);
        }
        if (!deletion.finish()) {
            return uncertain();
        }
        if (deletion.stopped()) {
            pass.tally.removedLinks(links);
            return new Outcome(false, Optional.of(left));
        }
        removeGhosts(deletion, mark, data);
        removeAliases(deletion, mark, data, names);
        deletion.flush();
        long size = mark.data() ? size(data) : 0;
        if (mark.data()) {
            deletion.delete(Keys.data(data));
        }
        if (!deletion.finish() || !pass.marks.end(data, deleting)) {
            return uncertain();
        }
        report(data, mark, size, links);
        return new Outcome(true, Optional.empty());
    }

    private Outcome uncertain() {
        pass.tally.note("Not all that was begun to be removed is; a collection goes on with it after "
                + Marks.TAKEOVER.toMinutes() + " minutes.");
        return new Outcome(false, Optional.empty());
    }

    /** Removes the links of all that the index knows to have one. */
    private int removeHeldLinks(BoundedDeletion deletion, Digest data, Set<Digest> names) throws IOException {
        int links = 0;
        for (Digest name : names) {
            Iterator<RepositoryName> all = pass.index.holders(name);
            while (all.hasNext() && !deletion.stopped()) {
                RepositoryName repository = all.next();
                links += removeLink(deletion, repository, name, data);
                deletion.deleteBehind(Keys.holderEntry(name, repository));
                deletion.stopIfLong(all.hasNext());
            }
        }
        deletion.flush();
        return links;
    }

    /**
     * Removes the links of the repositories of the mark, and what is left of a manifest in them.
     *
     * @param left those that are done are removed from it
     */
    private int removeLinks(
            BoundedDeletion deletion,
            Mark mark,
            Digest data,
            Set<Digest> names,
            ManifestEntries entries,
            Set<RepositoryName> left)
            throws IOException {
        int links = 0;
        Iterator<RepositoryName> all = mark.repositories().iterator();
        while (all.hasNext() && !deletion.stopped()) {
            RepositoryName repository = all.next();
            for (Digest name : names) {
                links += removeLink(deletion, repository, name, data);
                // What a push has left that was not completed may have no entries.
                deletion.deleteBehind(Keys.revisionMediaType(repository, name));
            }
            if (!mark.data()) {
                removeReferences(deletion, repository, data, names, entries);
                for (Digest name : names) {
                    deletion.deleteBehind(Keys.holderEntry(name, repository));
                }
            }
            left.remove(repository);
            deletion.stopIfLong(all.hasNext());
        }
        return links;
    }

    /** Removes what says that the manifest needs its parts, if it is one, in all repositories. */
    private void removeReferences(BoundedDeletion deletion, Digest data, Set<Digest> names, ManifestEntries entries)
            throws IOException {
        Iterator<RepositoryName> all = pass.index.manifests(data);
        while (all.hasNext() && !deletion.stopped()) {
            removeReferences(deletion, all.next(), data, names, entries);
            deletion.stopIfLong(all.hasNext());
        }
    }

    private void removeReferences(
            BoundedDeletion deletion,
            RepositoryName repository,
            Digest data,
            Set<Digest> names,
            ManifestEntries entries)
            throws IOException {
        entries.remove(deletion, repository);
        for (Digest name : names) {
            removeEmptyLink(deletion, Keys.revisionLink(repository, name));
            deletion.deleteBehind(Keys.revisionMediaType(repository, name));
        }
        deletion.deleteBehind(Keys.manifestEntry(data, repository));
    }

    /** Reads what data needs, if it is a manifest. */
    ManifestEntries entries(Digest data, Mark mark) throws IOException {
        return ManifestEntries.of(pass, data, typing(data, mark));
    }

    /** Returns repositories that may say of which media type a manifest is. */
    private Set<RepositoryName> typing(Digest data, Mark mark) {
        Set<RepositoryName> some = new LinkedHashSet<>();
        Iterator<RepositoryName> manifests = pass.index.manifests(data);
        while (manifests.hasNext() && some.size() < MOST_TYPING) {
            some.add(manifests.next());
        }
        some.addAll(mark.repositories());
        return some;
    }

    private void removeGhosts(BoundedDeletion deletion, Mark mark, Digest data) throws IOException {
        for (Iterator<CollectionIndex.Ghost> all = pass.index.ghosts(data); all.hasNext(); ) {
            CollectionIndex.Ghost ghost = all.next();
            if (mark.covers(ghost.repository())) {
                deletion.delete(Keys.referenceEntry(ghost.content(), ghost.repository(), data));
                deletion.deleteBehind(ghost.key());
            }
        }
        deletion.flush();
    }

    /**
     * What a crash or a deletion on a condition has left of a link counts as none. A store that cannot delete conditionally would leave
     * it as it is; and nobody writes it anew before the mark is gone.
     */
    private void removeEmptyLink(BoundedDeletion deletion, ObjectKey link) throws IOException {
        if (pass.store.stat(link).filter(found -> found.size() == 0).isPresent()) {
            deletion.delete(link);
        }
    }

    private void removeAliases(BoundedDeletion deletion, Mark mark, Digest data, Set<Digest> names) throws IOException {
        if (mark.data()) {
            for (Digest name : names) {
                if (!name.equals(data)) {
                    deletion.delete(Keys.aliasEntry(data, name));
                }
            }
        }
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
