package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Mark;
import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.storage.ObjectVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Goes through the marks. What has been condemned for the grace period is looked at a last time, and removed if still nothing
 * needs it. What a collection has left half deleted is taken over.
 */
final class Sweep {
    /** How many marks are read before the first of them is acted on. */
    private static final int BATCH = 2000;

    /** For how long a mark must have been seen unchanged before the last look. */
    private static final Duration SEEN = Marks.TRUST.multipliedBy(2);

    /** Of so many repositories that had a link of what is needed again, the links are looked at at once. */
    private static final int MOST_HOLDERS = 100;

    private final Pass pass;
    private final Condemnation condemnation;
    private final Removal removal;
    private final Workers workers;

    Sweep(Pass pass) {
        this.pass = pass;
        this.condemnation = new Condemnation(pass);
        this.removal = new Removal(pass);
        this.workers = new Workers(pass.options);
    }

    private record Due(Digest data, Marks.Versioned mark) {}

    /** What is left of a mark in a store that cannot delete conditionally. */
    private record Emptied(Digest data, ObjectVersion version) {}

    /** What is to be done about some marks. */
    private record Batch(Queue<Due> due, Queue<Emptied> emptied) {
        Batch() {
            this(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
        }
    }

    void run() throws IOException {
        pass.begin();
        List<Digest> some = new ArrayList<>();
        for (Iterator<Digest> all = pass.marks.all(); all.hasNext(); ) {
            some.add(all.next());
            if (some.size() == BATCH) {
                sweep(some);
                some.clear();
            }
        }
        sweep(some);
    }

    private void sweep(List<Digest> marked) throws IOException {
        Batch batch = new Batch();
        workers.each(marked, data -> {
            pass.next("sweep");
            pass.about(data, () -> read(data, batch));
        });
        if (batch.due.isEmpty() && batch.emptied.isEmpty()) {
            return;
        }
        if (!pass.plan) {
            pass.sleep(SEEN);
        }
        workers.each(batch.emptied, mark -> pass.about(mark.data, () -> pass.marks.dropEmpty(mark.data, mark.version)));
        workers.each(batch.due, due -> {
            pass.next("sweep");
            pass.about(due.data, () -> sweep(due));
        });
    }

    private void read(Digest data, Batch batch) throws IOException {
        Optional<Marks.Stored> stored = pass.marks.stored(data);
        Optional<Marks.Versioned> found = stored.flatMap(Marks.Stored::mark);
        if (found.isEmpty()) {
            if (!pass.plan && pass.options.grace.compareTo(Marks.TAKEOVER) > 0) {
                stored.ifPresent(left -> batch.emptied.add(new Emptied(data, left.version())));
            }
            return;
        }
        Mark mark = found.get().mark();
        boolean deleting = mark.state() == Mark.State.DELETING;
        // A removal that was given up is taken over when it has been seen for so long.
        Instant due = deleting ? pass.now().plus(Marks.TAKEOVER).plus(SEEN) : pass.due(mark.since());
        boolean over = !pass.now().isBefore(due) || mark.since().isAfter(pass.absurd());
        if (deleting ? pass.marks.abandoned(data, found.get()) : over) {
            batch.due.add(new Due(data, found.get()));
        } else {
            if (mark.owner().equals(pass.owner) || !mark.since().isAfter(pass.until)) {
                pass.tally.pending(due);
            }
            pass.tally.add(
                    Kind.WAITING,
                    Condemnation.object(data, mark.data(), mark.repositories()),
                    mark.data() ? removal.size(data) : 0,
                    Optional.of(due),
                    deleting ? "is being removed, or left by a collection that failed" : "within its grace period");
        }
    }

    private void sweep(Due due) throws IOException {
        Mark mark = due.mark.mark();
        if (pass.holds.isHeld(due.data)) {
            String object = Condemnation.object(due.data, mark.data(), mark.repositories());
            pass.tally.add(Kind.WAITING, object, 0, Optional.empty(), "a request is at work with it");
            return;
        }
        if (mark.state() == Mark.State.DELETING) {
            takeOver(due);
            return;
        }
        Optional<Marks.Versioned> left = remove(due);
        while (left.isPresent()) {
            // Whoever waits for it rescues it now. All that is removed at once would take too long for them.
            pass.sleep(SEEN);
            pass.next("sweep");
            left = remove(new Due(due.data, left.get()));
        }
    }

    /** Removes what is condemned, or a part of it, and returns the mark of the rest if there is any. */
    private Optional<Marks.Versioned> remove(Due due) throws IOException {
        Mark mark = due.mark.mark();
        Optional<String> need = mark.since().isAfter(pass.absurd())
                ? Optional.of("condemned by a clock that was wrong")
                : need(due.data, mark);
        if (need.isPresent()) {
            keep(due, need.get());
            return Optional.empty();
        }
        if (pass.plan) {
            removal.plan(due.data, mark);
            return Optional.empty();
        }
        ManifestEntries entries = removal.entries(due.data, mark);
        entries.noteParts(mark);
        long begun = pass.nanoTime();
        Optional<Marks.Versioned> deleting = pass.marks.beginDeleting(due.data, due.mark, pass.owner);
        if (deleting.isEmpty()) {
            return Optional.empty();
        }
        Removal.Outcome outcome = removal.run(due.data, deleting.get(), begun, entries);
        if (outcome.left().isPresent()) {
            return pass.marks.condemnAgain(
                    due.data, deleting.get(), mark.since(), outcome.left().get());
        }
        if (outcome.all() && !mark.data()) {
            // Nobody may need the data itself any more.
            condemnation.considerOrNote(due.data, mark.repositories());
        }
        return Optional.empty();
    }

    /** What was told that it is going could not be relied on since then, but may have been linked before. */
    private void takeOver(Due due) throws IOException {
        if (pass.plan) {
            removal.plan(due.data, due.mark.mark());
            return;
        }
        long begun = pass.nanoTime();
        Optional<Marks.Versioned> taken = pass.marks.beginDeleting(due.data, due.mark, pass.owner);
        if (taken.isEmpty()) {
            return;
        }
        Optional<String> need = need(due.data, taken.get().mark());
        if (need.isPresent()) {
            keep(new Due(due.data, taken.get()), need.get());
            return;
        }
        Removal.Outcome outcome = removal.run(
                due.data,
                taken.get(),
                begun,
                removal.entries(due.data, taken.get().mark()));
        if (outcome.left().isPresent()) {
            pass.marks.condemnAgain(
                    due.data,
                    taken.get(),
                    due.mark.mark().since(),
                    outcome.left().get());
        } else if (outcome.all()) {
            condemnation.considerOrNote(due.data, due.mark.mark().repositories());
        }
    }

    /** Returns what needs something of what is condemned. */
    private Optional<String> need(Digest data, Mark mark) throws IOException {
        if (mark.data()) {
            return pass.look.need(data);
        }
        Set<Digest> names = pass.look.names(data);
        for (RepositoryName repository : mark.repositories()) {
            if (pass.look.needs(repository, data, names)) {
                return Optional.of("needed by " + repository);
            }
        }
        return Optional.empty();
    }

    /** Ends a mark without removing anything. What of it is still not needed is condemned anew. */
    private void keep(Due due, String need) throws IOException {
        Mark mark = due.mark.mark();
        Set<RepositoryName> suspects = new LinkedHashSet<>(mark.repositories());
        if (mark.data()) {
            suspects.addAll(removal.holders(due.data, MOST_HOLDERS));
        }
        if (!pass.plan) {
            // In case that this process dies before the next look.
            for (RepositoryName repository : suspects) {
                pass.noteAgain(due.data, repository);
            }
            if (!pass.marks.end(due.data, due.mark)) {
                return;
            }
            condemnation.considerOrNote(due.data, suspects);
        }
        pass.tally.add(
                Kind.KEPT, Condemnation.object(due.data, mark.data(), mark.repositories()), 0, Optional.empty(), need);
    }
}
