package dev.berth.registry.internal.store;

import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.Prefetch;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads about several things that a store with a long latency does at the same time, and any other one when they are asked
 * for. For one thread.
 *
 * @param <K> what is read about
 * @param <V> what is read, which need not be closed
 */
public final class Prefetches<K, V> implements AutoCloseable {
    private final Map<K, Prefetch<V>> begun = new LinkedHashMap<>();

    private Prefetches() {}

    /** A read about something. */
    @FunctionalInterface
    public interface Reading<K, V> {
        /** Begins the read. */
        Prefetch<V> begin(K about);
    }

    /** A read about something that is done as a whole. */
    @FunctionalInterface
    public interface Whole<K, V> {
        /** Reads. */
        V read(K about) throws IOException;
    }

    /** Begins to read about each of these things, which are few. */
    public static <K, V> Prefetches<K, V> begin(Collection<? extends K> things, Reading<K, V> reading) {
        Prefetches<K, V> prefetches = new Prefetches<>();
        things.forEach(about -> prefetches.begun.put(about, reading.begin(about)));
        return prefetches;
    }

    /** As the other method, with a read that consists of calls of one store. */
    public static <K, V> Prefetches<K, V> begin(
            ObjectStore store, Collection<? extends K> things, Whole<K, V> reading) {
        return begin(things, about -> store.prefetch(() -> reading.read(about), found -> {}));
    }

    /** Returns what was read about one of the things. Called once for each. */
    public V get(K about) throws IOException {
        Prefetch<V> prefetch = begun.get(about);
        if (prefetch == null) {
            throw new IllegalArgumentException("Not begun: " + about);
        }
        return prefetch.get();
    }

    @Override
    public void close() {
        begun.values().forEach(Prefetch::close);
    }
}
