package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Candidates;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectKey;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Looks at what has changed since the last collection. An entry goes when what it says has been looked at. */
final class CandidatePass {
    private static final int BATCH = 1000;

    /** Of so many parts of manifests it is remembered what was found: some ten megabytes. */
    private static final int MOST_PARTS = 50_000;

    private final Pass pass;
    private final Condemnation condemnation;
    private final Workers workers;
    private final Map<Part, Boolean> considered = new ConcurrentHashMap<>();

    CandidatePass(Pass pass) {
        this.pass = pass;
        this.condemnation = new Condemnation(pass);
        this.workers = new Workers(pass.options);
    }

    /** All entries of a batch about one digest. */
    private record Group(Digest digest, Set<RepositoryName> repositories, List<ObjectKey> entries) {}

    private record Part(RepositoryName repository, Digest digest) {}

    void run() throws IOException {
        pass.begin();
        List<ObjectKey> batch = new ArrayList<>();
        look(pass.candidates.keys(), batch, false);
        // What a clock has written that was wrong would be looked at in years, and be in the way of nothing.
        look(pass.candidates.keys(pass.absurd()), batch, true);
        look(batch);
    }

    private void look(Iterator<ObjectKey> all, List<ObjectKey> batch, boolean young) throws IOException {
        while (all.hasNext()) {
            ObjectKey key = all.next();
            Optional<Instant> since = Candidates.since(key);
            if (!young && since.isPresent() && since.get().isAfter(pass.until)) {
                break;
            }
            batch.add(key);
            if (batch.size() == BATCH) {
                look(batch);
            }
        }
    }

    private void look(List<ObjectKey> batch) throws IOException {
        Queue<ObjectKey> ended = new ConcurrentLinkedQueue<>();
        workers.each(groups(batch, ended), group -> {
            pass.next("look at changes");
            pass.about(group.digest, () -> {
                if (look(group)) {
                    ended.addAll(group.entries);
                }
            });
        });
        if (!pass.plan && !ended.isEmpty()) {
            ObjectBatch.Builder removal = ObjectBatch.builder();
            new LinkedHashSet<>(ended).forEach(removal::delete);
            pass.store.apply(removal.build());
        }
        batch.clear();
    }

    private Collection<Group> groups(List<ObjectKey> batch, Queue<ObjectKey> unreadable) throws IOException {
        Queue<Candidates.Candidate> read = new ConcurrentLinkedQueue<>();
        workers.each(
                batch,
                key -> pass.about(
                        key, () -> pass.candidates.read(key).ifPresentOrElse(read::add, () -> unreadable.add(key))));
        Map<Digest, Group> groups = new LinkedHashMap<>();
        for (Candidates.Candidate candidate : read) {
            Group group = groups.computeIfAbsent(
                    candidate.digest(), digest -> new Group(digest, new LinkedHashSet<>(), new ArrayList<>()));
            group.repositories.add(candidate.repository());
            group.entries.add(candidate.key());
        }
        return groups.values();
    }

    /** Looks at a digest, and at what it needs where it is a manifest that is gone, and returns whether that is done. */
    private boolean look(Group group) throws IOException {
        if (pass.holds.isHeld(group.digest)) {
            // What becomes of it is seen when it is released.
            return false;
        }
        boolean done = true;
        Set<RepositoryName> gone = new LinkedHashSet<>();
        Map<Digest, Set<RepositoryName>> suspects = new LinkedHashMap<>();
        for (RepositoryName repository : group.repositories) {
            if (!pass.look.hasManifest(repository, group.digest)) {
                gone.add(repository);
            }
            Digest data = pass.contents.links().dataOf(repository, group.digest);
            suspects.computeIfAbsent(data, digest -> new LinkedHashSet<>()).add(repository);
        }
        // The parts first: once the manifest is condemned, it may go, and nobody knows any more what it has needed.
        if (!gone.isEmpty()) {
            for (Digest part : ManifestEntries.of(pass, group.digest, gone).parts()) {
                for (RepositoryName repository : gone) {
                    done &= considerOnce(new Part(repository, part));
                }
            }
        }
        for (Map.Entry<Digest, Set<RepositoryName>> suspect : suspects.entrySet()) {
            done &= condemnation.consider(suspect.getKey(), suspect.getValue());
        }
        return done;
    }

    /**
     * Looks at a part of a manifest that is gone. Many such manifests may share one, and all of them were gone when this pass began:
     * one look is as good as many.
     */
    private boolean considerOnce(Part part) throws IOException {
        Boolean before = considered.get(part);
        if (before != null) {
            return before;
        }
        Digest data = pass.contents.links().dataOf(part.repository, part.digest);
        boolean done = condemnation.consider(data, Set.of(part.repository));
        if (considered.size() < MOST_PARTS) {
            considered.put(part, done);
        }
        return done;
    }
}
