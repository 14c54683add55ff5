package dev.berth.registry.internal.cache;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A map of bounded size: a new entry evicts the least recently used one. Not thread-safe: callers hold a lock of their
 * own, which most of them need for longer than one call.
 */
public final class RecentlyUsed<K, V> {
    // Not Guava's cache: loading its classes would be a third of the start-up time of a registry in memory.
    private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final int capacity;
    private final Predicate<? super V> evictable;

    /** @param capacity how many entries are kept, at least 1 */
    public RecentlyUsed(int capacity) {
        this(capacity, value -> true);
    }

    /**
     * @param capacity how many entries are kept, at least 1
     * @param evictable whether a value may be evicted now; while too many may not, the map exceeds its capacity
     */
    public RecentlyUsed(int capacity, Predicate<? super V> evictable) {
        if (capacity < 1) {
            throw new IllegalArgumentException("The capacity must be at least 1, not " + capacity);
        }
        this.capacity = capacity;
        this.evictable = evictable;
    }

    /** Returns a value, which is then the most recently used one. */
    public @Nullable V get(K key) {
        return entries.get(key);
    }

    /** Returns a value, and creates it if it is absent. */
    public V getOrCreate(K key, Function<? super K, ? extends V> creator) {
        V known = entries.get(key);
        if (known != null) {
            return known;
        }
        V created = creator.apply(key);
        put(key, created);
        return created;
    }

    /** Adds or replaces a value, and evicts others if there are too many. */
    public void put(K key, V value) {
        entries.put(key, value);
        Iterator<V> eldestFirst = entries.values().iterator();
        // The last one is the value that was put, which stays.
        for (int others = entries.size() - 1; others > 0 && entries.size() > capacity; others--) {
            if (evictable.test(eldestFirst.next())) {
                eldestFirst.remove();
            }
        }
    }

    /** Removes a value, and returns it if it was there. */
    public @Nullable V remove(K key) {
        return entries.remove(key);
    }

    /** Returns how many entries there are. */
    public int size() {
        return entries.size();
    }
}
