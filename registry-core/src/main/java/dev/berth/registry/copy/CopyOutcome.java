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
    /** It was there. */
    SKIPPED,
    /**
     * It is a layer that may be elsewhere, and neither source nor target has it: whoever runs the image gets it from the
     * URLs in its descriptor.
     */
    EXTERNAL
}
