package dev.berth.registry.copy;

/**
 * How a blob or manifest reached the target.
 *
 * @since 0.1
 */
public enum CopyOutcome {
    /** Its bytes were moved. */
    COPIED,
    /** It was in another repository of the target's registry; no bytes were moved. */
    MOUNTED,
    /** It was there, or need not be. */
    SKIPPED
}
