package dev.berth.registry.maintenance;

/**
 * What a collection looks at.
 *
 * @since 0.1
 */
public enum CollectionScope {
    /** What has been pushed, mounted or deleted since the last collection. The cost is that of the changes. */
    CHANGED,
    /**
     * Everything that the store has. Finds also what {@code registry:2} left, and whatever else has been missed. The cost is
     * that of what is stored.
     */
    EVERYTHING
}
