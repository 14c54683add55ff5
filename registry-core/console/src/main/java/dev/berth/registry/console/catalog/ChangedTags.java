package dev.berth.registry.console.catalog;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.event.RegistryListener;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which tags are to be looked at. What events say is not believed but looked up, so their order does not matter. Bounded: of a
 * repository with too many changes all tags are to be looked at, and if there are too many repositories, all of them are.
 * Thread-safe.
 */
final class ChangedTags implements RegistryListener {
    private static final int MOST_TAGS = 1_000;
    private static final int MOST_REPOSITORIES = 50_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RepositoryName, Set<Tag>> changed = new LinkedHashMap<>();
    private final Set<RepositoryName> whole = new LinkedHashSet<>();
    private boolean overflown;

    /**
     * Something to look at.
     *
     * @param tags the tags; empty for all tags of the repository
     */
    record Change(RepositoryName repository, Optional<Set<Tag>> tags) {}

    @Override
    public void onEvent(RegistryEvent event) {
        EventType type = event.type();
        boolean ofTags = type.equals(EventType.MANIFEST_PUSHED)
                || type.equals(EventType.MANIFEST_DELETED)
                || type.equals(EventType.TAG_SET)
                || type.equals(EventType.TAG_DELETED);
        if (ofTags && !event.tags().isEmpty()) {
            add(event.repository(), event.tags());
        }
    }

    void add(RepositoryName repository, Collection<Tag> tags) {
        lock.lock();
        try {
            if (whole.contains(repository) || isFull(repository)) {
                return;
            }
            Set<Tag> all = changed.computeIfAbsent(repository, name -> new LinkedHashSet<>());
            all.addAll(tags);
            if (all.size() > MOST_TAGS) {
                changed.remove(repository);
                whole.add(repository);
            }
        } finally {
            lock.unlock();
        }
    }

    /** All tags of the repository are to be looked at. */
    void addWhole(RepositoryName repository) {
        lock.lock();
        try {
            if (!isFull(repository)) {
                changed.remove(repository);
                whole.add(repository);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(RepositoryName repository) {
        if (changed.size() + whole.size() < MOST_REPOSITORIES || changed.containsKey(repository)) {
            return false;
        }
        overflown = true;
        return true;
    }

    /** Returns what is to be looked at, all at once, and forgets it. */
    Map<RepositoryName, Change> take() {
        lock.lock();
        try {
            Map<RepositoryName, Change> taken = new HashMap<>();
            changed.forEach((name, tags) -> taken.put(name, new Change(name, Optional.of(tags))));
            whole.forEach(name -> taken.put(name, new Change(name, Optional.empty())));
            changed.clear();
            whole.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Puts something back that could not be looked at. */
    void putBack(Change change) {
        change.tags().ifPresentOrElse(tags -> add(change.repository(), tags), () -> addWhole(change.repository()));
    }

    /** Returns whether more repositories have changed than are remembered, since this was asked last. */
    boolean takeOverflown() {
        lock.lock();
        try {
            boolean was = overflown;
            overflown = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return changed.isEmpty() && whole.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
