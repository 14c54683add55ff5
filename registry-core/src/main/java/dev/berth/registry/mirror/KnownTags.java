package dev.berth.registry.mirror;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.cache.RecentlyUsed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the upstream registry has said of tags, and when. In memory only: after a restart each tag is checked once. The tags
 * that are here are those of the local registry; one that is known and not here waits for its manifest. Thread-safe.
 */
final class KnownTags {
    private static final int MOST_REPOSITORIES = 10_000;
    private static final int MOST_TAGS = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<RepositoryName, Map<Tag, Known>> repositories = new RecentlyUsed<>(MOST_REPOSITORIES);

    /** What a tag names, and when that was said. */
    record Known(Descriptor target, Instant checked) {}

    Optional<Known> get(RepositoryName repository, Tag tag) {
        lock.lock();
        try {
            @Nullable Map<Tag, Known> tags = repositories.get(repository);
            return tags == null ? Optional.empty() : Optional.ofNullable(tags.get(tag));
        } finally {
            lock.unlock();
        }
    }

    void put(RepositoryName repository, Tag tag, Descriptor target, Instant checked) {
        lock.lock();
        try {
            Map<Tag, Known> tags = repositories.getOrCreate(repository, any -> new LinkedHashMap<>());
            tags.remove(tag);
            tags.put(tag, new Known(target, checked));
            if (tags.size() > MOST_TAGS) {
                // The one that was checked longest ago.
                tags.remove(tags.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    void remove(RepositoryName repository, Tag tag) {
        lock.lock();
        try {
            @Nullable Map<Tag, Known> tags = repositories.get(repository);
            if (tags != null) {
                tags.remove(tag);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the tags that name a manifest. */
    List<Tag> naming(RepositoryName repository, Digest manifest) {
        lock.lock();
        try {
            @Nullable Map<Tag, Known> tags = repositories.get(repository);
            List<Tag> found = new ArrayList<>();
            if (tags != null) {
                tags.forEach((tag, known) -> {
                    if (known.target.digest().equals(manifest)) {
                        found.add(tag);
                    }
                });
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the tags that name a manifest. */
    void removeNaming(RepositoryName repository, Digest manifest) {
        naming(repository, manifest).forEach(tag -> remove(repository, tag));
    }
}
