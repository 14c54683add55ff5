package dev.berth.registry;

import java.util.OptionalLong;

/**
 * An upload session: a blob that is pushed in chunks (the specification's "Pushing a blob in chunks").
 *
 * <p>An upload session outlives this object and the process, and is continued by {@link Blobs#resumeUpload}. It ends
 * with {@link #commit}, {@link #cancel}, or its expiry.
 *
 * <p>Not thread-safe. Several objects for the same upload may exist, in one process or several: of two concurrent
 * appends at the same offset exactly one succeeds, and a commit never mixes the bytes of both.
 *
 * @since 0.1
 */
public interface BlobUpload extends AutoCloseable {

    /**
     * Returns the id of the upload for {@link Blobs#resumeUpload}. The id may change with each append; only the latest
     * one is valid.
     */
    UploadId id();

    /** Returns the number of bytes that the registry has stored so far, which is the offset of the next append. */
    long offset();

    /** Returns the minimum length in bytes of every append except the last one; 0 if there is no minimum. */
    default long minimumChunkLength() {
        return 0;
    }

    /**
     * Appends bytes (end-5).
     *
     * <p>If reading the content fails part-way, the bytes read so far are kept, and {@link #offset()} returns how many.
     *
     * @param offset the position of the first byte of the content in the blob, in bytes
     * @return the new offset
     * @throws RegistryException with {@link ErrorCode#RANGE_INVALID} if the offset is not the current one, which
     *     {@link RegistryException#uploadOffset()} returns, or another append or commit is in progress;
     *     {@link ErrorCode#BLOB_UPLOAD_UNKNOWN} if the upload has ended; {@link ErrorCode#SIZE_INVALID} if the content
     *     is shorter or longer than {@link BlobSource#size()}; {@link ErrorCode#INSUFFICIENT_STORAGE} if the storage is
     *     full; {@link ErrorCode#UNAVAILABLE} if the source or the storage fails
     */
    long append(long offset, BlobSource content);

    /**
     * Completes the upload: its bytes become a blob of the repository if they match the digest (end-6).
     *
     * <p>The blob is durable and visible when this method returns. A digest mismatch also ends the upload and discards
     * its bytes.
     *
     * @param expected the digest of the whole blob
     * @return the digest and size of the blob
     * @throws RegistryException with {@link ErrorCode#DIGEST_INVALID} if the bytes have another digest;
     *     {@link ErrorCode#BLOB_UPLOAD_UNKNOWN} if the upload has ended; {@link ErrorCode#RANGE_INVALID} if an append
     *     is in progress
     */
    Descriptor commit(Digest expected);

    /**
     * Appends the last bytes and completes the upload, as {@link #append} and {@link #commit(Digest)} do one after the
     * other. A registry may do it at lower cost, and may then keep nothing of these bytes if reading them fails part-way.
     *
     * @param offset as for {@link #append}, or empty if the bytes belong where the upload is now
     * @throws RegistryException as these two methods do
     */
    default Descriptor commit(OptionalLong offset, BlobSource last, Digest expected) {
        append(offset.isPresent() ? offset.getAsLong() : offset(), last);
        return commit(expected);
    }

    /** Cancels the upload and discards its bytes (end-14). Has no effect if the upload has ended. */
    void cancel();

    /** Releases all resources of this object. The upload session remains and can be resumed. Idempotent. */
    @Override
    void close();
}
