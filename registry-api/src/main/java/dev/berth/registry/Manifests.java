package dev.berth.registry;

import java.util.Optional;

/**
 * The manifests of a repository. Thread-safe.
 *
 * <p>Every method may fail with {@link ErrorCode#UNAVAILABLE} when the storage or the network does, and, where access
 * is controlled, with {@link ErrorCode#UNAUTHORIZED} or {@link ErrorCode#DENIED}.
 *
 * @since 0.1
 */
public interface Manifests {

    /**
     * Looks a manifest up without its content ("checking if content exists in the registry", end-3 HEAD).
     *
     * @return its media type, digest and size in bytes, or empty if the repository has no such manifest or does not
     *     exist. Selected by digest, the digest returned is the one asked for
     */
    Optional<Descriptor> find(ManifestSelector selector);

    /**
     * Returns a manifest ("pulling manifests", end-3). The bytes are exactly those that were pushed and match the
     * digest.
     *
     * @throws RegistryException with {@link ErrorCode#MANIFEST_UNKNOWN} if the repository has no such manifest, or does
     *     not exist
     */
    Manifest get(ManifestSelector selector);

    /**
     * Stores a manifest and points tags at it ("pushing manifests", end-7).
     *
     * <p>When this returns, the manifest and the tags that the result names are durable, and visible to every reader.
     * The tags are set one after the other, not atomically: if one cannot be set, the manifest and the earlier tags stay,
     * and {@link RegistryException#stored()} tells which those are.
     *
     * @return what was stored: its descriptor, the tags that were set, and the subject if the registry lists this
     *     manifest among the referrers of that subject
     * @throws RegistryException with {@link ErrorCode#MANIFEST_INVALID} if the content is not a manifest of its media
     *     type, or says another size of a blob than it has, {@link ErrorCode#MANIFEST_BLOB_UNKNOWN} (one error for
     *     each) if it refers to blobs or manifests that the repository lacks, other than layers that need not be
     *     distributed, {@link ErrorCode#MANIFEST_TOO_LARGE} if it is over the registry's limit,
     *     {@link ErrorCode#PRECONDITION_FAILED} if a tag does not meet {@link PutOptions#condition()},
     *     {@link ErrorCode#UNSUPPORTED} if this registry cannot keep that condition, or takes no pushes
     */
    PutResult put(Manifest manifest, PutOptions options);

    /** Stores a manifest under its digest and these tags, whatever they named before. */
    default PutResult put(Manifest manifest, Tag... tags) {
        return put(manifest, PutOptions.tagged(tags));
    }

    /**
     * Deletes a manifest, with every tag that points at it ("deleting manifests", end-9). The blobs that it refers to
     * stay.
     *
     * @return whether there was such a manifest, and the tags that went with it
     * @throws RegistryException with {@link ErrorCode#UNSUPPORTED} if this registry does not delete
     */
    DeleteResult delete(Digest digest);

    /**
     * Lists the manifests whose {@code subject} is the given digest ("listing referrers", end-12), in the order of
     * their digests. The subject itself need not exist. The descriptors carry the artifact type and the annotations of
     * the manifest.
     *
     * <p>A position in the listing ({@link Listing#after}) is the digest of a referrer.
     *
     * <p>Of a digest without referrers, or in a repository that does not exist, the listing is empty.
     */
    Listing<Descriptor, Digest> referrers(Digest subject, ReferrerFilter filter);

    /** Lists all referrers of a digest. */
    default Listing<Descriptor, Digest> referrers(Digest subject) {
        return referrers(subject, ReferrerFilter.all());
    }
}
