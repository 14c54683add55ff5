package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;

/**
 * Receives the progress of a copy. It is called on the threads that copy, by one thread at a time, so a slow listener slows
 * the copy down. An exception that it throws does not affect the copy; the first one is logged.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CopyListener {

    /** A listener that ignores everything. */
    CopyListener NONE = progress -> {};

    /** Reports how much has been copied so far. Called repeatedly. */
    void progress(CopyProgress progress);

    /** Reports that a blob is now at the target. */
    default void blob(Descriptor blob, CopyOutcome outcome) {}

    /** Reports something that the user of the copy should know. */
    default void warning(CopyWarning warning) {}

    /** Reports that a manifest is now at the target. */
    default void manifest(Descriptor manifest, CopyOutcome outcome) {}
}
