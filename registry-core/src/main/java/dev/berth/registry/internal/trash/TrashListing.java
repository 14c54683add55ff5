package dev.berth.registry.internal.trash;

import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.SortableName;
import dev.berth.registry.internal.store.StoreCalls;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Lists the trash. What has been pushed or set again since is left out: links decide. */
public final class TrashListing {
    private static final int MOST_TAGS = 1_000;

    private final TrashAccess access;
    private final TrashContents contents;

    /** Does no I/O. */
    public TrashListing(TrashAccess access) {
        this.access = access;
        this.contents = access.contents();
    }

    /** Iterates over the repositories that have something in the trash. */
    public Iterator<RepositoryName> repositories(Optional<RepositoryName> after) {
        PeekingIterator<RepositoryName> all = Iterators.peekingIterator(Iterators.mergeSorted(
                List.of(
                        contents.repositories(TrashKeys.MANIFESTS, after),
                        contents.repositories(TrashKeys.TAGS, after)),
                Comparator.comparing(repository -> SortableName.encode(repository) + "/")));
        return Iterators.filter(
                new Distinct<>(all),
                repository -> StoreCalls.call(
                        "list the trash of " + repository,
                        () -> open(repository, Optional.empty()).hasNext()));
    }

    /**
     * A manifest that was deleted, or of which tags were.
     *
     * @param deletedAt when it was deleted; empty if it is still there
     * @param tags the first of the tags that were deleted
     * @param furtherTags how many there are beyond these
     */
    public record Listed(Descriptor manifest, Optional<Instant> deletedAt, List<ListedTag> tags, long furtherTags) {}

    /** A tag that was deleted, and when. */
    public record ListedTag(Tag tag, Instant at) {}

    /** Skips what is equal to the one before. */
    private record Distinct<T>(PeekingIterator<T> all) implements Iterator<T> {
        @Override
        public boolean hasNext() {
            return all.hasNext();
        }

        @Override
        public T next() {
            T next = all.next();
            while (all.hasNext() && all.peek().equals(next)) {
                all.next();
            }
            return next;
        }
    }

    /** Iterates over what of a repository is in the trash, in the order of the digests. */
    public Iterator<Listed> open(RepositoryName repository, Optional<Digest> after) {
        Groups groups = new Groups(
                repository,
                Iterators.peekingIterator(contents.manifests(repository, after)),
                Iterators.peekingIterator(contents.tags(repository, after)));
        Iterator<Optional<Listed>> described = Iterators.transform(
                groups, group -> StoreCalls.call("list the trash of " + repository, () -> describe(repository, group)));
        return Iterators.transform(Iterators.filter(described, Optional::isPresent), Optional::orElseThrow);
    }

    /** What the trash has of a digest, with the first of its tags. */
    private record Group(Digest digest, boolean manifest, List<TrashedTag> tags, long furtherTags) {}

    /** Merges manifests and tags, which are both in the order of the digests. */
    private record Groups(
            RepositoryName repository, PeekingIterator<Digest> manifests, PeekingIterator<TrashedTag> tags)
            implements Iterator<Group> {
        @Override
        public boolean hasNext() {
            return manifests.hasNext() || tags.hasNext();
        }

        @Override
        public Group next() {
            boolean manifest = manifests.hasNext()
                    && (!tags.hasNext()
                            || manifests.peek().compareTo(tags.peek().digest()) <= 0);
            Digest digest = manifest ? manifests.next() : tags.peek().digest();
            List<TrashedTag> some = new ArrayList<>();
            long further = 0;
            while (tags.hasNext() && tags.peek().digest().equals(digest)) {
                TrashedTag tag = tags.next();
                if (some.size() < MOST_TAGS) {
                    some.add(tag);
                } else {
                    further++;
                }
            }
            return new Group(digest, manifest, some, further);
        }
    }

    private Optional<Listed> describe(RepositoryName repository, Group group) throws IOException {
        Optional<Descriptor> present = access.revisions().find(repository, group.digest);
        Optional<TrashedManifest> trashed = group.manifest && present.isEmpty()
                ? contents.manifest(repository, group.digest).map(TrashedManifest.Read::manifest)
                : Optional.empty();
        if (present.isEmpty() && trashed.isEmpty()) {
            // Tags of a manifest that cannot be restored.
            return Optional.empty();
        }
        List<ListedTag> tags = tags(repository, group);
        if (trashed.isEmpty() && tags.isEmpty()) {
            return Optional.empty();
        }
        Descriptor manifest = present.orElseGet(() -> {
            TrashedManifest deleted = trashed.orElseThrow();
            return Descriptor.of(deleted.mediaType(), group.digest, deleted.size());
        });
        Optional<Instant> deletedAt = trashed.map(TrashedManifest::at);
        return Optional.of(new Listed(manifest, deletedAt, tags, group.furtherTags));
    }

    private List<ListedTag> tags(RepositoryName repository, Group group) throws IOException {
        List<ListedTag> tags = new ArrayList<>();
        for (TrashedTag tag : group.tags) {
            Optional<Digest> target = access.links().target(Keys.tagLink(repository, tag.tag()));
            if (!target.equals(Optional.of(group.digest))) {
                contents.tag(repository, tag).ifPresent(read -> tags.add(new ListedTag(tag.tag(), read.at())));
            }
        }
        return tags;
    }
}
