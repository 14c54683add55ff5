package dev.berth.registry.testing;

/**
 * Features that some registries do not implement, to be switched off with {@link Fault#without}.
 *
 * @since 0.1
 */
public enum Feature {
    /**
     * The referrers API (end-12): the response is 404, and that to a push has no {@code OCI-Subject}, so that a client
     * falls back to the tag schema.
     */
    REFERRERS,
    /** Cross-repository mounts (end-11): the response is 202 with an upload session, as if there were nothing to mount. */
    MOUNT,
    /** Deletion of manifests, tags and blobs (end-9, end-10): refused with 405. Upload sessions can still be cancelled. */
    DELETE,
    /** Chunked uploads (end-5): PATCH is refused with 405, so that a client pushes a blob with POST and PUT. */
    CHUNKED_UPLOAD,
    /** Ranges of blobs: {@code Range} is ignored, and the response is 200 with the whole blob. */
    RANGE
}
