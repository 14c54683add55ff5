package dev.berth.registry.engine;

/**
 * How often a cache had what was looked for, since it was made.
 *
 * @param hits how many reads it has spared
 * @param misses how many reads went to the store, since the cache did not have the content, or had another version of it
 * @param bytes how much memory it takes
 * @since 0.1
 */
public record CacheStatistics(long hits, long misses, long bytes) {}
