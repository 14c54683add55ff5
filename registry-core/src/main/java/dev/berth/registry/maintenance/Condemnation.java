package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Mark;
import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Looks at data that may be garbage, and condemns it if nothing needs it. Thread-safe. */
final class Condemnation {
    private final Pass pass;

    Condemnation(Pass pass) {
        this.pass = pass;
    }

    /**
     * Looks at data.
     *
     * @param suspects repositories that may have links that they do not need; the data itself is looked at in any case
     * @return whether that is done: what is not needed is condemned. Otherwise it has to be looked at again
     */
    boolean consider(Digest data, Set<RepositoryName> suspects) throws IOException {
        Optional<Marks.Versioned> before = pass.marks.read(data);
        if (before.isPresent()) {
            Mark mark = before.get().mark();
            // What is being deleted may come again. What is condemned is looked at once more before it goes; who
            // rescues
            // it says again what of the repositories of the mark is to be looked at, and of no others.
            return mark.state() == Mark.State.CONDEMNED
                    && mark.repositories().containsAll(suspects)
                    && (mark.data() || pass.look.need(data).isPresent());
        }
        Set<Digest> names = pass.look.names(data);
        if (pass.look.need(data).isEmpty()) {
            Set<RepositoryName> linked = some(suspects, repository -> pass.look.hasAnything(repository, data, names));
            long size = pass.look.size(Keys.data(data));
            return (size == 0 && linked.isEmpty() && !hasEntries(data, names)) || condemn(data, size, true, linked);
        }
        Set<RepositoryName> unneeded = some(
                suspects,
                repository ->
                        !pass.look.needs(repository, data, names) && pass.look.hasAnything(repository, data, names));
        return unneeded.isEmpty() || (condemn(data, 0, false, unneeded) && Mark.fit(suspects));
    }

    /** As {@link #consider}, and what is not done is a candidate for a later pass. */
    void considerOrNote(Digest data, Set<RepositoryName> suspects) throws IOException {
        if (!consider(data, suspects) && !pass.plan) {
            for (RepositoryName repository : suspects) {
                pass.noteAgain(data, repository);
            }
        }
    }

    private interface Question {
        boolean ask(RepositoryName repository) throws IOException;
    }

    /** Returns as many as a mark can have. */
    private static Set<RepositoryName> some(Set<RepositoryName> repositories, Question question) throws IOException {
        Set<RepositoryName> found = new LinkedHashSet<>();
        for (RepositoryName repository : repositories) {
            if (question.ask(repository)) {
                found.add(repository);
                if (!Mark.fit(found)) {
                    found.remove(repository);
                    break;
                }
            }
        }
        return found;
    }

    private boolean hasEntries(Digest data, Set<Digest> names) throws IOException {
        for (Digest name : names) {
            if (pass.index.holders(name).hasNext()) {
                return true;
            }
        }
        return names.size() > 1
                || pass.index.manifests(data).hasNext()
                || pass.index.ghosts(data).hasNext()
                || pass.look.exists(Keys.data(data));
    }

    private boolean condemn(Digest data, long size, boolean whole, Set<RepositoryName> repositories)
            throws IOException {
        Instant since = pass.now();
        if (pass.plan) {
            if (!pass.planned.add(data)) {
                return true;
            }
        } else {
            try {
                Optional<Marks.Versioned> condemned = pass.marks.condemn(data, pass.owner, whole, repositories);
                if (condemned.isEmpty()) {
                    return false;
                }
                since = condemned.get().mark().since();
            } catch (StorageFullException e) {
                pass.full();
                return false;
            }
        }
        pass.tally.pending(pass.due(since));
        pass.tally.add(
                Kind.CONDEMNED,
                object(data, whole, repositories),
                size,
                Optional.of(pass.due(since)),
                whole ? "no manifest needs it" : "no manifest of the repository needs it");
        return true;
    }

    static String object(Digest data, boolean whole, Set<RepositoryName> repositories) {
        return whole ? data.toString() : repositories + "@" + data;
    }
}
