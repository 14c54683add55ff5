package dev.berth.registry.metrics;

import java.util.Locale;

/**
 * What is done in the background: the values of the label {@code task}.
 *
 * @since 0.1
 */
public enum MaintenanceTask {
    /** Removing the data that nothing needs any more. */
    COLLECTION,
    /** Looking for damage. */
    SCRUB,
    /** Deleting tags and images by rules. */
    RETENTION,
    /** Completing what processes have left half done, and deleting what has expired. */
    UPKEEP,
    /** Counting what repositories use. */
    QUOTAS;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
