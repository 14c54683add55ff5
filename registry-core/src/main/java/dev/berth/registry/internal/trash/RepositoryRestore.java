package dev.berth.registry.internal.trash;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Restores what was deleted of a repository since a time: the manifests, then the tags. For one call. */
public final class RepositoryRestore {
    /** How many tags are in memory at a time. */
    private static final int AT_ONCE = 10_000;

    private final TrashAccess access;
    private final RepositoryName repository;
    private final Instant since;
    private final TrashContents contents;
    private final RestoreCount count = new RestoreCount();

    /** Does no I/O. */
    public RepositoryRestore(TrashAccess access, RepositoryName repository, Instant since) {
        this.access = access;
        this.repository = repository;
        this.since = since;
        this.contents = access.contents();
    }

    /** Restores, and returns what was restored. */
    public RestoreCount run() throws IOException {
        for (Iterator<Digest> manifests = contents.manifests(repository); manifests.hasNext(); ) {
            Digest digest = manifests.next();
            Optional<TrashedManifest.Read> read = contents.manifest(repository, digest);
            if (read.isPresent() && !read.get().manifest().at().isBefore(since)) {
                ManifestRestore restore = new ManifestRestore(access, repository, count);
                restore.attempt(repository + "@" + digest, () -> restore.alone(digest));
            }
        }
        Optional<Tag> last = Optional.empty();
        do {
            NavigableMap<Tag, First> tags = tagsAfter(last);
            for (Map.Entry<Tag, First> tag : tags.entrySet()) {
                restore(new TrashedTag(tag.getKey(), tag.getValue().digest));
            }
            last = tags.size() < AT_ONCE ? Optional.empty() : Optional.of(tags.lastKey());
        } while (last.isPresent());
        return count;
    }

    /** The first deletion of a tag. */
    private record First(Digest digest, Instant at) {}

    /** Returns the next tags in their order, each with what it named when it was first deleted. */
    private NavigableMap<Tag, First> tagsAfter(Optional<Tag> last) throws IOException {
        NavigableMap<Tag, First> tags = new TreeMap<>();
        for (Iterator<TrashedTag> all = contents.tags(repository); all.hasNext(); ) {
            TrashedTag tag = all.next();
            boolean wanted = (last.isEmpty() || tag.tag().compareTo(last.get()) > 0)
                    && (tags.size() < AT_ONCE || tag.tag().compareTo(tags.lastKey()) <= 0);
            Optional<TrashContents.TagRead> read = wanted ? contents.tag(repository, tag) : Optional.empty();
            if (read.isPresent() && !read.get().at().isBefore(since)) {
                First first = new First(tag.digest(), read.get().at());
                tags.merge(tag.tag(), first, (one, other) -> one.at.isAfter(other.at) ? other : one);
                if (tags.size() > AT_ONCE) {
                    tags.pollLastEntry();
                }
            }
        }
        return tags;
    }

    private void restore(TrashedTag tag) throws IOException {
        ManifestRestore restore = new ManifestRestore(access, repository, count);
        if (!access.revisions().contains(repository, tag.digest())) {
            // It could not be restored, which has been reported, or was deleted before, by a wrong clock.
            if (contents.manifest(repository, tag.digest()).isEmpty()) {
                return;
            }
            restore.attempt(repository + ":" + tag.tag(), () -> restore.alone(tag.digest()));
        }
        if (access.revisions().contains(repository, tag.digest())) {
            restore.restoreTag(tag);
        }
    }
}
