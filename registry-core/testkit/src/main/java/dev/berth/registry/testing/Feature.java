package dev.berth.registry.testing;

/** What registries of other makes or earlier times lack, to be switched off with {@link Fault#without}. */
public enum Feature {
    /**
     * The referrers API (end-12): its address is answered with 404, and a push does not say that its subject was
     * processed, so that a client falls back to the tag schema.
     */
    REFERRERS,
    /** Cross-repository mounts (end-11): the answer is 202 and an upload, as if nothing were there to be mounted. */
    MOUNT,
    /** Deletion of manifests, tags and blobs (end-9, end-10): refused with 405. Uploads can still be cancelled. */
    DELETE,
    /** Uploads in parts (end-5): PATCH is refused with 405, so that a client pushes a blob with POST and PUT. */
    CHUNKED_UPLOAD,
    /** Parts of blobs: {@code Range} is ignored, and the answer is 200 with the whole. */
    RANGE
}
