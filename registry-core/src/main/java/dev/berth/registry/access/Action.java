package dev.berth.registry.access;

/**
 * What a caller does with a repository, in terms of rights.
 *
 * @since 0.1
 */
public enum Action {
    /** Reads manifests, blobs, tags and referrers. */
    PULL,

    /** Writes manifests, tags and blobs. Whoever may push may also pull, since every client looks before it pushes. */
    PUSH,

    /** Deletes manifests, tags and blobs. */
    DELETE
}
