package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;

/**
 * Is told how a copy goes on. Called in the threads that copy, by one at a time; whoever does much here slows the copy
 * down. What it throws changes nothing, and is logged once.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CopyListener {

    /** Tells nobody. */
    CopyListener NONE = progress -> {};

    /** Tells how much is done. Called again and again. */
    void progress(CopyProgress progress);

    /** Tells that a blob is at the target now. */
    default void blob(Descriptor blob, CopyOutcome outcome) {}

    /** Tells that a manifest is at the target now. */
    default void manifest(Descriptor manifest, CopyOutcome outcome) {}
}
