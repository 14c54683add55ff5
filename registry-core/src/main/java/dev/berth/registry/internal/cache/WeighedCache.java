package dev.berth.registry.internal.cache;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A cache with a budget in bytes. A lookup takes no lock. What was not looked up since the cache last wanted to evict it
 * is evicted first (second chance). Thread-safe.
 */
public final class WeighedCache<K, V> {
    /** What an entry needs beside its key and value: a slot, a node of the map, and its share of the table. */
    private static final int SLOT_BYTES = 120;

    /** One entry may take this share of the budget at most. */
    private static final int LARGEST_SHARE = 4;

    private final ConcurrentHashMap<K, Slot<K, V>> slots = new ConcurrentHashMap<>();
    private final long budget;

    private final ReentrantLock lock = new ReentrantLock();
    /** The end of a ring of all slots, in the order in which they are considered for eviction. */
    private final Slot<K, V> ring = new Slot<>();

    private long weight;

    /** @param budget how many bytes all entries may take; with 0 nothing is kept */
    public WeighedCache(long budget) {
        this.budget = budget;
    }

    /** Returns a value, or null if there is none. */
    public @Nullable V get(K key) {
        Slot<K, V> slot = slots.get(key);
        if (slot == null) {
            return null;
        }
        if (!slot.used) {
            slot.used = true;
        }
        return slot.value;
    }

    /**
     * Adds or replaces a value, and evicts others if there is no room. A value that is too large for the cache is not
     * kept, nor is the one that it should replace.
     *
     * @param bytes what key and value take
     */
    public void put(K key, V value, long bytes) {
        long wanted = bytes + SLOT_BYTES;
        if (wanted > budget / LARGEST_SHARE) {
            if (budget > 0) {
                remove(key);
            }
            return;
        }
        lock.lock();
        try {
            forget(slots.get(key));
            Slot<K, V> slot = new Slot<>(key, value, wanted);
            slots.put(key, slot);
            slot.insertBefore(ring);
            weight += wanted;
            evict();
        } finally {
            lock.unlock();
        }
    }

    private void evict() {
        while (weight > budget) {
            Slot<K, V> eldest = ring.next;
            if (eldest.used) {
                eldest.used = false;
                eldest.unlink();
                eldest.insertBefore(ring);
            } else {
                forget(eldest);
            }
        }
    }

    /** Removes a value. */
    public void remove(K key) {
        if (!slots.containsKey(key)) {
            return;
        }
        lock.lock();
        try {
            forget(slots.get(key));
        } finally {
            lock.unlock();
        }
    }

    private void forget(@Nullable Slot<K, V> slot) {
        if (slot != null && slot.key != null) {
            slots.remove(slot.key);
            slot.unlink();
            weight -= slot.bytes;
        }
    }

    /** Returns what all entries take, in bytes. */
    public long weight() {
        lock.lock();
        try {
            return weight;
        } finally {
            lock.unlock();
        }
    }

    private static final class Slot<K, V> {
        private final @Nullable K key;
        private final @Nullable V value;
        private final long bytes;
        private volatile boolean used;
        private Slot<K, V> previous = this;
        private Slot<K, V> next = this;

        private Slot() {
            this.key = null;
            this.value = null;
            this.bytes = 0;
        }

        private Slot(K key, V value, long bytes) {
            this.key = key;
            this.value = value;
            this.bytes = bytes;
        }

        private void insertBefore(Slot<K, V> other) {
            next = other;
            previous = other.previous;
            previous.next = this;
            other.previous = this;
        }

        private void unlink() {
            previous.next = next;
            next.previous = previous;
        }
    }
}
