package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.Prefetch;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The marks of collection: one object for each digest whose data, or whose link in some repository, is going to be removed. A
 * mark moves by conditional changes only:
 *
 * <pre>
 * none → condemned          a collection, which has found that nothing refers to the data
 * condemned → none          whoever needs it: a rescue
 * condemned → deleting      a collection, not before {@link #TRUST} and the grace period have passed and it has looked again
 * deleting → condemned      its owner, if much is left to remove, so that nobody waits for long
 * deleting → none           its owner, once everything is removed; or whoever takes over, once {@link #TAKEOVER} has passed
 * </pre>
 *
 * <p><b>Why nothing is lost.</b> Who relies on data (a client that is told that it exists, a mount, a push, a manifest that refers
 * to it) reads its mark and rescues it if it is condemned; the conditional change decides against a collection that moves to
 * deleting at the same time. Who found no mark, or rescued it, may rely on that for {@link #TRUST}: a collection that condemns it
 * later looks for references again after that, and sees those that were written meanwhile. Who takes longer takes a hold
 * ({@link Holds}), which the last look of a collection sees, reads the mark again, and after that looks whether what it wrote is
 * still there, before it answers: a removal may have begun and ended in between. Who finds that it is being removed takes it for absent, or waits for the end. Only the owner
 * of a mark that is deleting removes, and for no longer than a part of {@link #TAKEOVER}; so nothing is removed after the mark is
 * gone. The whole argument is in {@code docs/storage-layout.md}.
 *
 * <p>Thread-safe.
 */
public final class Marks {
    /** How long whoever read a mark may rely on what it said. A grace period is at least twice as long. */
    public static final Duration TRUST = Duration.ofMillis(500);

    /** How long a mark that is deleting is left to its owner. Longer than any request of a store may live. */
    public static final Duration TAKEOVER = Duration.ofMinutes(10);

    /** For how long after it has moved a mark to deleting its owner may begin to delete something. */
    public static final Duration DELETING = Duration.ofMinutes(1);

    /** How long a push waits for the end of a removal. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final ObjectStore store;
    private final Candidates candidates;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Pause pause;
    private final UnchangedSince removals = new UnchangedSince();

    Marks(ObjectStore store, Candidates candidates, InstantSource clock, LongSupplier nanoTime, Pause pause) {
        this.store = store;
        this.candidates = candidates;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /** Lets the calling thread wait. */
    @FunctionalInterface
    public interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    /**
     * A mark as it was read or written.
     *
     * @param version for the next change of it
     */
    public record Versioned(Mark mark, ObjectVersion version) {}

    /** What whoever relies on data is told. */
    public enum Answer {
        /** Nothing is going to remove it, or it was rescued: rely on it for {@link #TRUST}. */
        KEPT,
        /** It is being removed. */
        GOING
    }

    /**
     * What was read of a mark.
     *
     * @param mark the mark, if there is one
     * @param never whether there was no object at all: nothing was removed, nor rescued, for as long as a collection keeps what
     *     a mark leaves behind in a store that cannot delete conditionally. What was read at the same time as the mark is
     *     then as good as if it was read afterwards
     * @param asked when it was asked for, by {@link #now}
     */
    public record Reading(Optional<Versioned> mark, boolean never, long asked) {}

    /** Begins to read the mark of data. */
    public Prefetch<Reading> begin(Digest data) {
        return store.prefetch(() -> look(data), found -> {});
    }

    private Reading look(Digest data) throws IOException {
        long asked = now();
        Optional<Stored> stored = stored(data);
        return new Reading(stored.flatMap(Stored::mark), stored.isEmpty(), asked);
    }

    /**
     * Reads the mark of data that is about to be relied on, and rescues what of it concerns these repositories. What is read
     * of the data and its link afterwards is right.
     *
     * @param data the digest of the data, to which a link points
     */
    public Answer rely(Digest data, RepositoryName... repositories) throws IOException {
        while (true) {
            Optional<Versioned> found = read(data);
            if (found.isEmpty()
                    || Arrays.stream(repositories).noneMatch(found.get().mark()::covers)) {
                return Answer.KEPT;
            }
            Versioned seen = found.get();
            boolean deleting = seen.mark().state() == Mark.State.DELETING;
            if (deleting && !abandoned(data, seen)) {
                return Answer.GOING;
            }
            // What a removal has left that was given up is read once more.
            if (release(data, seen, repositories) && !deleting) {
                return Answer.KEPT;
            }
        }
    }

    /** Removes a mark, if it is unchanged. What it covered is a candidate again. */
    private boolean release(Digest data, Versioned mark, RepositoryName... repositories) throws IOException {
        Set<RepositoryName> concerned = new LinkedHashSet<>(List.of(repositories));
        // The entries that told of these are gone: they are not needed still, and are released with the others.
        concerned.addAll(mark.mark().repositories());
        return candidates.noteAround(Set.of(data), concerned, () -> end(data, mark));
    }

    /**
     * As {@link #rely}, for whoever is about to write the data, or its link: waits while it is being removed.
     *
     * @return the time for {@link #trusted}
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if that does not end soon
     */
    public long awaitKept(Digest data, RepositoryName repository) throws IOException {
        long begun = now();
        Duration next = FIRST_PAUSE;
        while (true) {
            long asked = now();
            if (rely(data, repository) == Answer.KEPT) {
                return asked;
            }
            if (now() - begun > LONGEST_WAIT.toNanos()) {
                throw busy("The data of " + data + " is being removed by a collection at this moment; try again");
            }
            try {
                pause.sleep(next);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while " + data + " was being removed");
            }
            next = next.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? next.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Returns the failure of a request that the client has to repeat. */
    public static RegistryException busy(String message) {
        return RegistryException.builder(RegistryError.of(ErrorCode.UNAVAILABLE, message))
                .retryAfter(Duration.ofSeconds(5))
                .build();
    }

    /** Returns whether what was read of a mark at this time, by {@link #now}, may still be relied on. */
    public boolean trusted(long readAt) {
        return nanoTime.getAsLong() - readAt < TRUST.toNanos();
    }

    /** Returns the time for {@link #trusted}. To be asked for before the mark is read. */
    public long now() {
        return nanoTime.getAsLong();
    }

    // For collections

    /** Returns the mark of data, or empty if it has none. */
    public Optional<Versioned> read(Digest data) throws IOException {
        return stored(data).flatMap(Stored::mark);
    }

    private static Optional<Versioned> parse(SmallObject object) {
        return object.text().isEmpty()
                ? Optional.empty()
                : Optional.of(new Versioned(Mark.parse(object.text()).orElseGet(Marks::damaged), object.version()));
    }

    /**
     * What is stored for a mark.
     *
     * @param mark the mark, or empty if a store that cannot delete conditionally has left this of one
     */
    public record Stored(Optional<Versioned> mark, ObjectVersion version) {}

    /** Returns what is stored for the mark of data, or empty if there is nothing. */
    public Optional<Stored> stored(Digest data) throws IOException {
        return SmallObject.read(store, Keys.mark(data)).map(object -> new Stored(parse(object), object.version()));
    }

    /**
     * Removes what is left of a mark, if it still has this version. For a collection that has seen it so for twice {@link
     * #TRUST}, and whose grace period is longer than {@link #TAKEOVER}, so that this request cannot live long enough to hit a mark
     * that is deleting. If it hits one that is condemned, that is a rescue.
     */
    public void dropEmpty(Digest data, ObjectVersion version) throws IOException {
        if (stored(data).equals(Optional.of(new Stored(Optional.empty(), version)))) {
            store.delete(Keys.mark(data));
        }
    }

    /** What cannot be read is taken for condemned, so that whoever needs the data rescues it. */
    private static Mark damaged() {
        return Mark.condemned(new Mark.Owner("", ""), Instant.EPOCH, true, Set.of());
    }

    /** Iterates over the digests that have, or had, a mark. */
    public Iterator<Digest> all() {
        return StoredNames.tree(
                store, "list the marks of collection", Keys.MARKS, OptionalLong.empty(), KeyReader::digestOfMark);
    }

    /**
     * Condemns data that has no mark, and returns the mark, or empty if it has one. If that takes long, the grace period begins at
     * its end: until then, others could be told that the data is there.
     *
     * @param whole whether nobody needs the data at all, or only these repositories do not need what they show of it
     */
    public Optional<Versioned> condemn(Digest data, Mark.Owner by, boolean whole, Set<RepositoryName> repositories)
            throws IOException {
        Optional<Stored> before = stored(data);
        if (before.flatMap(Stored::mark).isPresent()) {
            return Optional.empty();
        }
        PutCondition unmarked =
                before.map(found -> PutCondition.ifUnchanged(found.version())).orElseGet(PutCondition::ifAbsent);
        long begun = now();
        Optional<Versioned> condemned = put(data, Mark.condemned(by, clock.instant(), whole, repositories), unmarked);
        if (condemned.isEmpty() || trusted(begun)) {
            return condemned;
        }
        Mark again = Mark.condemned(by, clock.instant(), whole, repositories);
        return put(data, again, PutCondition.ifUnchanged(condemned.get().version()));
    }

    /** Moves a condemned mark to deleting, or returns empty if it was rescued, or somebody else did. */
    public Optional<Versioned> beginDeleting(Digest data, Versioned condemned, Mark.Owner by) throws IOException {
        return put(data, condemned.mark().deleting(by, clock.instant()), PutCondition.ifUnchanged(condemned.version()));
    }

    /**
     * Moves a mark that is deleting back to condemned, for its owner, that has no call of the store in progress any more and has not
     * removed the data. So that whoever needs it does not wait until everything is removed, where that is much.
     *
     * @param since when it was condemned first
     * @param left those of its repositories of which something may be left
     */
    public Optional<Versioned> condemnAgain(Digest data, Versioned deleting, Instant since, Set<RepositoryName> left)
            throws IOException {
        Mark mark = deleting.mark();
        Mark again = Mark.condemned(mark.owner(), since, mark.data(), left);
        return put(data, again, PutCondition.ifUnchanged(deleting.version()));
    }

    /** Removes a mark, if it is unchanged: of its owner, once everything is removed, or of whoever rescues. */
    public boolean end(Digest data, Versioned mark) throws IOException {
        return store.deleteIfUnchanged(Keys.mark(data), mark.version());
    }

    /**
     * Returns whether the owner of a mark that is deleting has given up for certain: nothing that it has asked the store for is
     * in progress. That is so once this process has seen the mark unchanged for {@link #TAKEOVER}, by no clock that could be
     * wrong; and at once where the store belongs to one process, and the owner is another one.
     */
    public boolean abandoned(Digest data, Versioned mark) {
        if (store.exclusive() && !mark.mark().owner().inThisProcess()) {
            return true;
        }
        return removals.seenFor(Keys.mark(data), mark.version(), now()) > TAKEOVER.toNanos();
    }

    private Optional<Versioned> put(Digest data, Mark mark, PutCondition condition) throws IOException {
        return store.putForDeletion(Keys.mark(data), mark.bytes(), condition)
                .map(version -> new Versioned(mark, version));
    }
}
