package dev.berth.registry;

import java.util.Optional;

/**
 * The manifests of a repository. Thread-safe.
 *
 * <p>Every method may fail with {@link ErrorCode#UNAVAILABLE} if the storage or the network fails, and with
 * {@link ErrorCode#UNAUTHORIZED} or {@link ErrorCode#DENIED} if access is controlled.
 *
 * @since 0.1
 */
public interface Manifests {

    /**
     * Looks up a manifest without its content (end-3 HEAD, "Checking if content exists in the registry").
     *
     * @return its media type, digest and size in bytes, or empty if the repository has no such manifest or does not
     *     exist. If it is selected by digest, that digest is returned
     */
    Optional<Descriptor> find(ManifestSelector selector);

    /**
     * Returns a manifest (end-3, "Pulling manifests"). The bytes are exactly those that were pushed, and match the
     * digest.
     *
     * @throws RegistryException with {@link ErrorCode#MANIFEST_UNKNOWN} if the repository has no such manifest, or does
     *     not exist
     */
    Manifest get(ManifestSelector selector);

    /**
     * Pushes a manifest and points tags to it (end-7, "Pushing Manifests").
     *
     * <p>When this method returns, the manifest and the tags of the result are durable and visible to every reader. The
     * tags are set one after the other, not atomically. If a tag cannot be set, the manifest and the earlier tags
     * remain, and {@link RegistryException#stored()} returns them.
     *
     * @return the descriptor, the tags that were set, and the subject if the registry lists this manifest among the
     *     referrers of that subject
     * @throws RegistryException with {@link ErrorCode#MANIFEST_INVALID} if the content is not a manifest of its media
     *     type, or states a wrong size of a blob; {@link ErrorCode#MANIFEST_BLOB_UNKNOWN} (one error for each) if it
     *     refers to blobs or manifests that the repository lacks, other than nondistributable layers;
     *     {@link ErrorCode#MANIFEST_TOO_LARGE} if it exceeds the registry's size limit;
     *     {@link ErrorCode#PRECONDITION_FAILED} if a tag does not meet {@link PutOptions#condition()};
     *     {@link ErrorCode#UNSUPPORTED} if this registry cannot enforce that condition, or does not accept pushes
     */
    PutResult put(Manifest manifest, PutOptions options);

    /** Pushes a manifest and points these tags to it unconditionally. */
    default PutResult put(Manifest manifest, Tag... tags) {
        return put(manifest, PutOptions.tagged(tags));
    }

    /**
     * Deletes a manifest and every tag that points to it (end-9, "Deleting manifests"). The blobs to which it refers
     * remain.
     *
     * @return whether the manifest existed, and the tags that were deleted with it
     * @throws RegistryException with {@link ErrorCode#UNSUPPORTED} if this registry does not delete; with
     *     {@link ErrorCode#UNAVAILABLE} and a time after which to try again if the manifest has more tags than this registry
     *     deletes in one call: then some are deleted, and the next call goes on
     */
    DeleteResult delete(Digest digest);

    /**
     * Deletes a manifest if nothing needs it. No tag is ever deleted by this method: where one is set meanwhile, the
     * manifest stays.
     *
     * @return whether the manifest existed and was deleted; {@code false} if it does not meet the condition
     * @throws RegistryException with {@link ErrorCode#UNSUPPORTED} if this registry does not delete, or cannot enforce the
     *     condition, which is never ignored
     */
    default boolean delete(Digest digest, DeleteCondition condition) {
        throw RegistryException.of(
                ErrorCode.UNSUPPORTED,
                "This registry cannot delete the manifest " + digest + " on the condition that it is " + condition
                        + "; delete it unconditionally");
    }

    /**
     * Lists the manifests whose {@code subject} has this digest (end-12, "Listing Referrers"), in the order of their
     * digests. The subject itself need not exist. The descriptors carry the artifact type and the annotations of the
     * manifest.
     *
     * <p>A position in the listing ({@link Listing#after}) is the digest of a referrer.
     *
     * <p>The listing is empty if the digest has no referrers or the repository does not exist.
     */
    Listing<Descriptor, Digest> referrers(Digest subject, ReferrerFilter filter);

    /** Lists all referrers of a digest. */
    default Listing<Descriptor, Digest> referrers(Digest subject) {
        return referrers(subject, ReferrerFilter.all());
    }
}
