package dev.berth.registry;

import java.time.Duration;
import java.util.Optional;

/**
 * The blobs of a repository. Thread-safe. No method holds a blob in memory as a whole.
 *
 * <p>A blob is in a repository because it was pushed or mounted there; that another repository has the same bytes does
 * not make it visible. Fails as {@link Manifests} does when storage, network or rights do.
 *
 * @since 0.1
 */
public interface Blobs {

    /**
     * Looks a blob up without its content (end-2 HEAD).
     *
     * @return its digest and size in bytes, with the media type {@link MediaTypes#OCTET_STREAM}, or empty if this
     *     repository has no such blob
     */
    Optional<Descriptor> find(Digest digest);

    /**
     * Opens a blob, or a part of it, for reading ("pulling blobs", end-2).
     *
     * <p>The caller closes what is returned; closing it early gives the rest up.
     *
     * @throws RegistryException with {@link ErrorCode#BLOB_UNKNOWN} if this repository has no such blob,
     *     {@link ErrorCode#RANGE_INVALID} if the range begins behind the end of the blob
     */
    BlobContent open(Digest digest, ByteRange range);

    /** Opens a whole blob for reading. */
    default BlobContent open(Digest digest) {
        return open(digest, ByteRange.all());
    }

    /**
     * Returns an address from which anyone can fetch the whole blob, or a part of it, without this registry and without
     * credentials; empty where the storage has none to give.
     *
     * <p>Whoever may read the blob may be told; after that, nothing keeps it from others for as long as it is valid.
     *
     * @param validity for how long the address must work at least
     * @throws RegistryException with {@link ErrorCode#BLOB_UNKNOWN} if this repository has no such blob
     */
    default Optional<DirectUrl> directUrl(Digest digest, Duration validity) {
        return Optional.empty();
    }

    /**
     * Pushes a blob whose digest is known ("pushing a blob monolithically", end-4b and end-6).
     *
     * <p>The content is always read and verified, also when the registry has it already: a push never succeeds without
     * the bytes. Durable and visible when it returns. After a failure nothing is visible.
     *
     * @throws RegistryException with {@link ErrorCode#DIGEST_INVALID} if the content has another digest,
     *     {@link ErrorCode#SIZE_INVALID} if it is shorter or longer than the source said,
     *     {@link ErrorCode#INSUFFICIENT_STORAGE} if there is no room, {@link ErrorCode#UNAVAILABLE} if the source or
     *     the storage fails (the cause tells), {@link ErrorCode#UNSUPPORTED} if this registry takes no pushes
     */
    Descriptor push(Digest expected, BlobSource content);

    /**
     * Pushes a blob and computes its sha256 digest.
     *
     * <p>Content that can be opened again is read once for its digest and pushed by {@link #push(Digest, BlobSource)};
     * it must not change meanwhile. Content that can be read once goes through an upload session
     * ({@link #startUpload(UploadOptions)}), and its digest is computed on the way. After a failure nothing is visible.
     *
     * @return the digest and size of the blob
     * @throws RegistryException as {@link #push(Digest, BlobSource)} does; {@link ErrorCode#DIGEST_INVALID} means that
     *     the content changed between the two readings; {@link ErrorCode#UNSUPPORTED} also where the registry has no
     *     upload sessions and the content can be read only once: copy it to a file and push that
     */
    default Descriptor push(BlobSource content) {
        return DigestingPush.push(this, content);
    }

    /**
     * Makes a blob of another repository of this registry visible in this one without moving its bytes ("mounting a
     * blob from another repository", end-11).
     *
     * @return the blob, or empty if it cannot be mounted, for whatever reason: push it then
     */
    Optional<Descriptor> mount(Digest digest, MountSource source);

    /**
     * Starts an upload that may be made in several pieces (end-4a, end-4c).
     *
     * @throws RegistryException with {@link ErrorCode#UNSUPPORTED} if this registry takes no pushes
     */
    BlobUpload startUpload(UploadOptions options);

    /** Starts an upload of a blob whose digest will be a sha256. */
    default BlobUpload startUpload() {
        return startUpload(UploadOptions.defaults());
    }

    /**
     * Continues an upload that was started in this repository, by this process or another one (end-13).
     *
     * @throws RegistryException with {@link ErrorCode#BLOB_UPLOAD_UNKNOWN} if there is no such upload in this
     *     repository: never started, started in another repository, finished, cancelled or expired
     */
    BlobUpload resumeUpload(UploadId id);

    /**
     * Removes a blob from this repository ("deleting blobs", end-10). Its bytes stay as long as other repositories, or
     * collection, need them.
     *
     * @return whether the repository had it
     * @throws RegistryException with {@link ErrorCode#UNSUPPORTED} if this registry does not delete
     */
    boolean delete(Digest digest);
}
