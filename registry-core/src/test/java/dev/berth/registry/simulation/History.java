package dev.berth.registry.simulation;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Marks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the actors have asked registries for, when, and what they were told. */
final class History {
    final List<Operation> operations = new ArrayList<>();
    private final Schedule schedule;
    private final boolean versionsByContent;
    private final List<Whole> wholes = new ArrayList<>();

    /** @param versionsByContent whether whoever has written some bytes cannot tell them from the same ones of somebody else */
    History(Schedule schedule, boolean versionsByContent) {
        this.schedule = schedule;
        this.versionsByContent = versionsByContent;
    }

    /** What an operation does. */
    enum Kind {
        PUSH_BLOB,
        PUT_MANIFEST,
        PUT_TAG,
        DELETE_BLOB,
        DELETE_MANIFEST,
        DELETE_TAG
    }

    /** What whoever asked for it knows. */
    enum Outcome {
        /** It was told that it is done. */
        ACKNOWLEDGED,
        /** It was told that there was nothing to delete. */
        NOTHING_THERE,
        /** It was told that nothing was done. */
        REFUSED,
        /** It may have been done, in part as well. */
        UNKNOWN
    }

    /** An operation. */
    static final class Operation {
        final Kind kind;
        final RepositoryName repository;

        /** The blob or manifest, if it is about one. */
        final Optional<Digest> digest;

        final Set<Tag> tags;
        final long begin;
        final long beginNanos;
        long end = Long.MAX_VALUE;
        long endNanos;
        Outcome outcome = Outcome.UNKNOWN;

        Operation(Kind kind, RepositoryName repository, Optional<Digest> digest, Set<Tag> tags, Schedule at) {
            this.kind = kind;
            this.repository = repository;
            this.digest = digest;
            this.tags = tags;
            this.begin = at.tick();
            this.beginNanos = at.nanoTime();
        }

        boolean acknowledged() {
            return outcome == Outcome.ACKNOWLEDGED || outcome == Outcome.NOTHING_THERE;
        }

        boolean mayHaveHappened() {
            return outcome != Outcome.REFUSED;
        }

        /** Whether it took longer than collections wait for anybody. */
        boolean wasGivenUp() {
            return endNanos - beginNanos > Marks.TAKEOVER.toNanos();
        }

        boolean before(Operation other) {
            return end < other.begin;
        }

        boolean meets(Operation other) {
            return !before(other) && !other.before(this);
        }

        @Override
        public String toString() {
            return kind + " " + repository + tags + digest.map(Content::name).orElse("") + " " + outcome + " " + begin
                    + "-" + end;
        }
    }

    /** When a collection of everything ran; without an end if it failed or died: what it has asked for may happen late. */
    static final class Whole {
        private final long begin;
        private long end = Long.MAX_VALUE;

        Whole(long begin) {
            this.begin = begin;
        }
    }

    Operation begin(Kind kind, RepositoryName repository, Optional<Digest> digest, Set<Tag> tags) {
        Operation operation = new Operation(kind, repository, digest, tags, schedule);
        operations.add(operation);
        schedule.trace("begins", operation::toString);
        return operation;
    }

    /** Notes a collection of everything, which looks at all entries of the index. */
    Whole beginWhole() {
        Whole whole = new Whole(schedule.tick());
        wholes.add(whole);
        return whole;
    }

    void end(Whole whole) {
        whole.end = schedule.tick();
    }

    /** Returns whether a collection of everything was in progress during an operation. */
    boolean meetsWhole(Operation operation) {
        return wholes.stream().anyMatch(whole -> whole.begin < operation.end && operation.begin < whole.end);
    }

    /**
     * Returns whether a tag may name again what it did before. Who sets it to a manifest that is being deleted takes that back, and
     * may take back what somebody else has set who pushes the same manifest at the same time, if that is not a different version.
     */
    boolean mayTakeBack(RepositoryName repository, Tag tag) {
        return versionsByContent
                && in(repository)
                        .filter(refused -> refused.kind == Kind.PUT_TAG && refused.outcome == Outcome.REFUSED)
                        .filter(refused -> refused.tags.contains(tag))
                        .anyMatch(refused -> isMet(refused, Kind.PUT_MANIFEST) && isMet(refused, Kind.DELETE_MANIFEST));
    }

    private boolean isMet(Operation operation, Kind kind) {
        return of(operation.repository, operation.digest.orElseThrow())
                .anyMatch(other -> other.kind == kind && other.meets(operation));
    }

    /** Returns what may have deleted a blob or manifest of a repository. */
    Stream<Operation> deletions(RepositoryName repository, Digest digest) {
        return of(repository, digest)
                .filter(operation -> operation.kind == Kind.DELETE_BLOB || operation.kind == Kind.DELETE_MANIFEST)
                .filter(Operation::mayHaveHappened);
    }

    /** Returns everything that is about a blob or manifest of a repository. */
    Stream<Operation> of(RepositoryName repository, Digest digest) {
        return in(repository).filter(operation -> operation.digest.equals(Optional.of(digest)));
    }

    /** Returns everything in a repository. */
    Stream<Operation> in(RepositoryName repository) {
        return operations.stream().filter(operation -> operation.repository.equals(repository));
    }

    /**
     * What somebody saw to be gone may be there again. A store promises that to nobody who only looks, even if the one who had
     * deleted it died before it was told.
     */
    void powerFails() {
        operations.stream()
                .filter(operation -> operation.outcome == Outcome.NOTHING_THERE)
                .forEach(operation -> operation.outcome = Outcome.UNKNOWN);
    }

    /**
     * Returns whether of each operation it is known whether it has happened. What was refused after so long that collections have
     * given it up may have left index entries of what they have removed before.
     */
    boolean isCertain() {
        return operations.stream()
                .noneMatch(operation -> operation.outcome == Outcome.UNKNOWN
                        || operation.outcome == Outcome.REFUSED && operation.wasGivenUp());
    }

    void end(Operation operation, Outcome outcome) {
        operation.outcome = outcome;
        operation.end = schedule.tick();
        operation.endNanos = schedule.nanoTime();
        schedule.trace("ends", operation::toString);
    }
}
