package dev.berth.registry.console.catalog;

import dev.berth.registry.RepositoryName;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What of repositories is to be looked at. Bounded: of a repository with too many changes everything is to be looked at, and what is
 * beyond a number of repositories is not remembered. Thread-safe.
 *
 * @param <T> what is in a repository: tags, or images
 */
final class Changes<T> {
    private static final int MOST_PARTS = 1_000;
    private static final int MOST_REPOSITORIES = 50_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RepositoryName, Set<T>> changed = new LinkedHashMap<>();
    private final Set<RepositoryName> whole = new LinkedHashSet<>();
    private boolean overflown;

    void add(RepositoryName repository, Collection<T> parts) {
        lock.lock();
        try {
            if (whole.contains(repository) || isFull(repository)) {
                return;
            }
            Set<T> all = changed.computeIfAbsent(repository, name -> new LinkedHashSet<>());
            all.addAll(parts);
            if (all.size() > MOST_PARTS) {
                changed.remove(repository);
                whole.add(repository);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Everything in the repository is to be looked at. */
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

    /** Returns what is to be looked at, all at once, and forgets it: nothing named is everything in a repository. */
    Map<RepositoryName, Optional<Set<T>>> take() {
        lock.lock();
        try {
            Map<RepositoryName, Optional<Set<T>>> taken = new HashMap<>();
            changed.forEach((name, parts) -> taken.put(name, Optional.of(parts)));
            whole.forEach(name -> taken.put(name, Optional.empty()));
            changed.clear();
            whole.clear();
            return taken;
        } finally {
            lock.unlock();
        }
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
