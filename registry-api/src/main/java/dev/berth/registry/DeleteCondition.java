package dev.berth.registry;

/**
 * A condition on a manifest at the time at which it is deleted: {@link Manifests#delete(Digest, DeleteCondition)}.
 *
 * @since 0.1
 */
public enum DeleteCondition {
    /** No tag of the repository names the manifest. */
    UNTAGGED,
    /** No tag of the repository names the manifest, and no index lists it. */
    UNLISTED,
    /**
     * Nothing in the repository needs the manifest: no tag names it, no index lists it, and the manifest that it refers to
     * ({@code subject}), if any, is not there.
     */
    UNNEEDED
}
