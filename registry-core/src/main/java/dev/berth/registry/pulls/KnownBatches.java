package dev.berth.registry.pulls;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Batches that were read or written, in memory: they never change, so that each is read once. Bounded: the oldest are read
 * again. Thread-safe.
 */
final class KnownBatches {
    /** Some 300 bytes each. */
    private static final int MOST_ENTRIES = 25_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Map<PulledOn, Pulls>> batches = new LinkedHashMap<>();
    private int entries;

    Optional<Map<PulledOn, Pulls>> find(String name) {
        lock.lock();
        try {
            return Optional.ofNullable(batches.get(name));
        } finally {
            lock.unlock();
        }
    }

    void add(String name, Map<PulledOn, Pulls> counts) {
        lock.lock();
        try {
            if (counts.size() > MOST_ENTRIES || batches.putIfAbsent(name, Map.copyOf(counts)) != null) {
                return;
            }
            entries += counts.size();
            Iterator<Map<PulledOn, Pulls>> oldest = batches.values().iterator();
            while (entries > MOST_ENTRIES) {
                entries -= oldest.next().size();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all others. */
    void retain(Collection<String> names) {
        lock.lock();
        try {
            batches.keySet().retainAll(new HashSet<>(names));
            entries = batches.values().stream().mapToInt(Map::size).sum();
        } finally {
            lock.unlock();
        }
    }
}
