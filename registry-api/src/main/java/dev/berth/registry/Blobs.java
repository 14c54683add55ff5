package dev.berth.registry;

import java.time.Duration;
import java.util.Optional;

/**
 * The blobs of a repository. Thread-safe. No method holds a whole blob in memory.
 *
 * <p>A blob is visible in a repository only after it was pushed to or mounted in that repository, even if another
 * repository has the same bytes. Every method may fail with the codes that {@link Manifests} names for failures of
 * storage, network and access control.
 *
 * @since 0.1
 */
public interface Blobs {

    /**
     * Looks up a blob without its content (end-2 HEAD).
     *
     * @return its digest and size in bytes, with the media type {@link MediaTypes#OCTET_STREAM}, or empty if this
     *     repository has no such blob
     */
    Optional<Descriptor> find(Digest digest);

    /**
     * Opens a blob, or a part of it, for reading (end-2, "Pulling blobs").
     *
     * <p>The caller closes the content. It may be closed before it is read to the end.
     *
     * @throws RegistryException with {@link ErrorCode#BLOB_UNKNOWN} if this repository has no such blob;
     *     {@link ErrorCode#RANGE_INVALID} if the range starts beyond the end of the blob
     */
    BlobContent open(Digest digest, ByteRange range);

    /** Opens a whole blob for reading. */
    default BlobContent open(Digest digest) {
        return open(digest, ByteRange.all());
    }

    /**
     * Returns a URL from which a client downloads the whole blob, or a part of it, directly from the storage and
     * without credentials; empty if the storage provides none.
     *
     * <p>The URL grants access to the blob to everyone who knows it, until it expires. It is given only to callers that
     * may read the blob.
     *
     * @param validity the minimum time for which the URL must be valid
     * @throws RegistryException with {@link ErrorCode#BLOB_UNKNOWN} if this repository has no such blob
     */
    default Optional<DirectUrl> directUrl(Digest digest, Duration validity) {
        return Optional.empty();
    }

    /**
     * Pushes a blob whose digest is known (end-4b and end-6, "Pushing a blob monolithically").
     *
     * <p>The content is always read and verified, even if the registry already has the blob. The blob is durable and
     * visible when this method returns. After a failure, nothing is visible.
     *
     * @throws RegistryException with {@link ErrorCode#DIGEST_INVALID} if the content has another digest;
     *     {@link ErrorCode#SIZE_INVALID} if it is shorter or longer than {@link BlobSource#size()};
     *     {@link ErrorCode#INSUFFICIENT_STORAGE} if the storage is full; {@link ErrorCode#UNAVAILABLE} if the source or
     *     the storage fails, with the failure as the cause; {@link ErrorCode#UNSUPPORTED} if this registry does not
     *     accept pushes
     */
    Descriptor push(Digest expected, BlobSource content);

    /**
     * Pushes a blob and computes its sha256 digest.
     *
     * <p>A {@linkplain BlobSource#reopenable() reopenable} source is read once to compute the digest, then pushed by
     * {@link #push(Digest, BlobSource)}; its content must not change in between. Any other source is pushed through an
     * upload session ({@link #startUpload(UploadOptions)}), and the digest is computed while it is read. After a
     * failure, nothing is visible.
     *
     * @return the digest and size of the blob
     * @throws RegistryException as {@link #push(Digest, BlobSource)} does; {@link ErrorCode#DIGEST_INVALID} means that
     *     the content changed between the two reads; {@link ErrorCode#UNSUPPORTED} also if the source is not reopenable
     *     and the registry has no upload sessions: copy the content to a file and push the file
     */
    default Descriptor push(BlobSource content) {
        return DigestingPush.push(this, content);
    }

    /**
     * Makes a blob of another repository of this registry visible in this repository, without a transfer (end-11,
     * "Mounting a blob from another repository").
     *
     * @return the blob, or empty if it cannot be mounted, for any reason; the caller then pushes it
     */
    Optional<Descriptor> mount(Digest digest, MountSource source);

    /**
     * Starts an upload session (end-4a, end-4c).
     *
     * @throws RegistryException with {@link ErrorCode#UNSUPPORTED} if this registry does not accept pushes
     */
    BlobUpload startUpload(UploadOptions options);

    /** Starts an upload session for a blob with a sha256 digest. */
    default BlobUpload startUpload() {
        return startUpload(UploadOptions.defaults());
    }

    /**
     * Continues an upload session of this repository, which any process may have started (end-13).
     *
     * @throws RegistryException with {@link ErrorCode#BLOB_UPLOAD_UNKNOWN} if this repository has no such upload: it
     *     was never started, belongs to another repository, was committed or cancelled, or has expired
     */
    BlobUpload resumeUpload(UploadId id);

    /**
     * Removes a blob from this repository (end-10, "Deleting blobs"). Garbage collection frees its bytes once no
     * repository has the blob.
     *
     * @return whether the repository had the blob
     * @throws RegistryException with {@link ErrorCode#UNSUPPORTED} if this registry does not delete
     */
    boolean delete(Digest digest);
}
