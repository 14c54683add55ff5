package dev.berth.registry.metrics;

import dev.berth.registry.engine.CacheStatistics;
import dev.berth.registry.storage.ObjectStore;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Counts and times the calls of a store, and the hits of a cache, by the names of {@code registry:2}.
 *
 * @since 0.1
 */
public final class StorageMetrics {
    private StorageMetrics() {}

    /**
     * Returns a store that forwards everything to another one, and times it. Closing it closes the other one.
     *
     * @param driver what kind of store it is, in a word: the value of the label {@code driver}, such as
     *     {@code filesystem}, {@code s3} or {@code inmemory}
     */
    public static ObjectStore over(ObjectStore store, String driver, Metrics metrics) {
        return new TimedStore(
                Objects.requireNonNull(store, "store"), new StorageTimers(Objects.requireNonNull(metrics), driver));
    }

    /**
     * Shows the hits and misses of the cache of manifests.
     *
     * @param cache does not block, such as {@link dev.berth.registry.engine.StorageRegistry#manifestCache}
     */
    public static void cache(Supplier<CacheStatistics> cache, Metrics metrics) {
        String name = "registry_storage_cache_total";
        String help = "Reads of manifests that looked into the cache: Hit and Miss, and Request for both.";
        metrics.counter(name, help, Map.of("type", "Hit"), () -> cache.get().hits());
        metrics.counter(name, help, Map.of("type", "Miss"), () -> cache.get().misses());
        metrics.counter(name, help, Map.of("type", "Request"), () -> {
            CacheStatistics now = cache.get();
            return now.hits() + now.misses();
        });
        metrics.gauge(
                "registry_storage_cache_size_bytes",
                "Memory that the cache of manifests takes.",
                Map.of(),
                () -> cache.get().bytes());
    }
}
