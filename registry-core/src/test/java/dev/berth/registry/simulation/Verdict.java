package dev.berth.registry.simulation;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.simulation.Content.Image;
import dev.berth.registry.simulation.History.Kind;
import dev.berth.registry.simulation.History.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a registry holds what its clients were told. Operations that were in progress at the same time may have happened in
 * any order, and those that were not acknowledged may have happened or not.
 */
final class Verdict {
    private final History history;
    private final Registry registry;
    private final Looked looked;

    /** Who has looked at what a push has left that failed. */
    enum Looked {
        /** Nobody: listings may have what is not there. */
        NOBODY,
        /** Requests for the same tags: what a push without an answer has brought may be missing in a listing. */
        REQUESTS,
        /** A collection of everything, if there was anything to look at. */
        COLLECTION
    }

    Verdict(History history, Registry registry, Looked looked) {
        this.history = history;
        this.registry = registry;
        this.looked = looked;
    }

    void check() {
        Set<RepositoryName> listed = new HashSet<>();
        registry.repositories().forEach(listed::add);
        for (RepositoryName repository : Content.REPOSITORIES) {
            boolean any = false;
            Set<Tag> tags = listed.contains(repository) ? tags(repository) : Set.of();
            for (Image image : Content.IMAGES) {
                any |= check(repository, image);
            }
            for (Tag tag : Content.TAGS) {
                check(repository, tag, tags.contains(tag));
            }
            requireListed(
                    listed.contains(repository),
                    any,
                    history.in(repository).filter(operation -> operation.kind == Kind.PUT_MANIFEST),
                    repository + " is listed: " + !any + ", and has manifests: " + any);
        }
    }

    private Set<Tag> tags(RepositoryName repository) {
        Set<Tag> tags = new HashSet<>();
        try {
            registry.repository(repository).tags().list().forEach(tags::add);
        } catch (RegistryException e) {
            // The check of the catalogue says whether that is right.
            require(e.code() == ErrorCode.NAME_UNKNOWN, "Tags of " + repository + ": " + e.getMessage());
        }
        return tags;
    }

    /** Returns whether the repository has the manifest. */
    private boolean check(RepositoryName repository, Image image) {
        Digest digest = image.digest();
        Repository in = registry.repository(repository);
        boolean there = in.manifests().find(digest).isPresent();
        List<Operation> puts = history.of(repository, digest)
                .filter(operation -> operation.kind == Kind.PUT_MANIFEST || operation.kind == Kind.PUT_TAG)
                .filter(Operation::mayHaveHappened)
                .toList();
        List<Operation> deletions = history.deletions(repository, digest)
                .filter(operation -> operation.kind == Kind.DELETE_MANIFEST)
                .toList();
        List<Operation> kept = puts.stream()
                .filter(Operation::acknowledged)
                .filter(put -> deletions.stream().allMatch(deletion -> deletion.before(put)))
                .toList();
        boolean gone = puts.isEmpty()
                || deletions.stream()
                        .filter(Operation::acknowledged)
                        .anyMatch(deletion -> puts.stream().allMatch(put -> put.before(deletion)));
        String name = repository + "@" + Content.name(digest);
        kept.forEach(put -> require(there, name + " is missing, which was stored by " + put));
        require(!(there && gone), name + " is there, which nobody has pushed since it was deleted");
        // Who sets a tag is not told anything of what the manifest needs.
        kept.stream()
                .filter(put -> put.kind == Kind.PUT_MANIFEST)
                .forEach(put -> new Wholeness(history, put).check(registry, repository, image));
        image.subject().ifPresent(subject -> {
            Set<Digest> referrers = new HashSet<>();
            for (Descriptor referrer : in.manifests().referrers(subject.digest())) {
                referrers.add(referrer.digest());
            }
            requireListed(
                    referrers.contains(digest),
                    there,
                    puts.stream(),
                    name + " is there: " + there + ", and a referrer: " + !there);
        });
        return there;
    }

    private void check(RepositoryName repository, Tag tag, boolean listed) {
        Optional<Digest> target =
                registry.repository(repository).tags().resolve(tag).map(Descriptor::digest);
        String name = repository + ":" + tag;
        List<Operation> writes = history.in(repository)
                .filter(operation -> operation.tags.contains(tag) && operation.kind != Kind.DELETE_TAG)
                .filter(Operation::mayHaveHappened)
                .toList();
        requireListed(
                listed,
                target.isPresent(),
                writes.stream().filter(write -> write.digest.equals(target)),
                name + " is listed: " + listed + ", and names " + target);
        if (target.isPresent()) {
            require(
                    writes.stream().anyMatch(write -> write.digest.equals(target) && isLast(write, repository, tag))
                            || history.mayTakeBack(repository, tag),
                    name + " names " + Content.name(target.get()) + ", which is not the last that was set");
        } else {
            boolean set = writes.stream().anyMatch(Operation::acknowledged);
            boolean removed = history.in(repository).anyMatch(deletion -> removes(deletion, writes, repository, tag));
            // Of a process that has died, a tag may be set late, to a manifest that is gone by then.
            boolean lateToNothing = writes.stream()
                    .anyMatch(write -> !write.acknowledged()
                            && isLast(write, repository, tag)
                            && registry.repository(repository)
                                    .manifests()
                                    .find(write.digest.orElseThrow())
                                    .isEmpty());
            require(!set || removed || lateToNothing, name + " is missing");
        }
    }

    /** Returns whether nothing that was acknowledged has changed the tag after this operation for certain. */
    private boolean isLast(Operation last, RepositoryName repository, Tag tag) {
        return history.in(repository)
                .filter(Operation::acknowledged)
                .filter(other -> other.tags.contains(tag) || mustHaveSeen(other, last, repository))
                .noneMatch(last::before);
    }

    /**
     * Returns whether a deletion of a manifest has seen a tag that was set to it. It looks in the index, where the tag of a push
     * may be missing whose process has died, and where another deletion of the manifest may hide it for a moment, or a collection
     * of everything: it removes an entry that was written before its tag, and looks again.
     */
    private boolean mustHaveSeen(Operation deletion, Operation write, RepositoryName repository) {
        return deletion.kind == Kind.DELETE_MANIFEST
                && deletion.digest.equals(write.digest)
                && write.acknowledged()
                && !history.meetsWhole(deletion)
                && history.deletions(repository, write.digest.orElseThrow())
                        .filter(other -> other.kind == Kind.DELETE_MANIFEST && !other.equals(deletion))
                        .noneMatch(other -> !other.before(write) && !deletion.before(other));
    }

    /** Returns whether the tag may be gone because of this operation. */
    private boolean removes(Operation deletion, List<Operation> writes, RepositoryName repository, Tag tag) {
        boolean ofTag = deletion.kind == Kind.DELETE_TAG && deletion.tags.contains(tag);
        boolean ofTarget = deletion.kind == Kind.DELETE_MANIFEST
                && writes.stream()
                        .anyMatch(write -> write.digest.equals(deletion.digest)
                                && !deletion.before(write)
                                && writes.stream()
                                        .noneMatch(other -> other.acknowledged()
                                                && !other.digest.equals(write.digest)
                                                && write.before(other)
                                                && other.before(deletion)));
        return deletion.mayHaveHappened()
                && (ofTag || ofTarget)
                && writes.stream().noneMatch(write -> write.acknowledged() && deletion.before(write));
    }

    private void requireListed(boolean listed, boolean there, Stream<Operation> writes, String otherwise) {
        boolean expected = listed == there
                || (listed && looked == Looked.NOBODY)
                || (there && looked != Looked.COLLECTION && !writes.allMatch(Operation::acknowledged));
        require(expected, otherwise);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
