package dev.berth.registry.host;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which blobs and manifests are to be counted again, as events tell. Bounded: of a repository with too many changes all is
 * counted, and of too many repositories those are counted that were told first. Thread-safe.
 */
final class ChangedContent implements EventSink {
    private static final int MOST_DIGESTS = 1_000;
    private static final int MOST_REPOSITORIES = 20_000;
    private static final Set<EventType> TYPES = Set.of(
            EventType.MANIFEST_PUSHED,
            EventType.MANIFEST_DELETED,
            EventType.BLOB_PUSHED,
            EventType.BLOB_MOUNTED,
            EventType.BLOB_DELETED);

    private final ReentrantLock lock = new ReentrantLock();
    private Map<RepositoryName, Optional<Set<Digest>>> changed = new HashMap<>();

    @Override
    public void publish(List<RegistryEvent> events) {
        lock.lock();
        try {
            for (RegistryEvent event : events) {
                if (TYPES.contains(event.type())) {
                    event.digest().ifPresent(digest -> add(event.repository(), digest));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(RepositoryName repository, Digest digest) {
        Optional<Set<Digest>> known = changed.get(repository);
        if (known == null) {
            if (changed.size() < MOST_REPOSITORIES) {
                changed.put(repository, Optional.of(new HashSet<>(Set.of(digest))));
            }
        } else if (known.isPresent()) {
            known.get().add(digest);
            if (known.get().size() > MOST_DIGESTS) {
                changed.put(repository, Optional.empty());
            }
        }
    }

    /** Takes back what could not be told. */
    void putBack(Map<RepositoryName, Optional<Set<Digest>>> taken) {
        lock.lock();
        try {
            // Of what has changed meanwhile as well, all is counted.
            taken.forEach(
                    (repository, digests) -> changed.merge(repository, digests, (now, before) -> Optional.empty()));
        } finally {
            lock.unlock();
        }
    }

    /** Returns what has changed since the last call; nothing for a repository of which all is to be counted. */
    Map<RepositoryName, Optional<Set<Digest>>> take() {
        lock.lock();
        try {
            Map<RepositoryName, Optional<Set<Digest>>> taken = changed;
            changed = new HashMap<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
