package dev.berth.registry;

/**
 * An upload session: a blob that arrives in pieces ("pushing a blob in chunks" in the specification).
 *
 * <p>An upload outlives this object and the process: {@link Blobs#resumeUpload} continues it. It ends with
 * {@link #commit}, {@link #cancel}, or when it expires.
 *
 * <p>Not for use by several threads at once, but several objects for the same upload may exist in many processes: of
 * two appends at the same offset exactly one wins, and a commit never mixes the bytes of both.
 *
 * @since 0.1
 */
public interface BlobUpload extends AutoCloseable {

    /**
     * Returns the name of the upload for {@link Blobs#resumeUpload}. May change with each append: the newest one is the
     * one to keep.
     */
    UploadId id();

    /** Returns the number of bytes that the registry has kept so far: where the next append begins. */
    long offset();

    /** Returns the smallest length in bytes of an append other than the last one; 0 where any will do. */
    default long minimumChunkLength() {
        return 0;
    }

    /**
     * Appends bytes (end-5).
     *
     * <p>If reading the content fails half-way, the bytes read until then are kept; {@link #offset()} tells how many.
     *
     * @param offset where the first byte of the content belongs, in bytes from the beginning of the blob
     * @return the new offset
     * @throws RegistryException with {@link ErrorCode#RANGE_INVALID} if the offset is not the current one (which
     *     {@link RegistryException#uploadOffset()} tells) or another append or commit is under way,
     *     {@link ErrorCode#BLOB_UPLOAD_UNKNOWN} if the upload has ended, {@link ErrorCode#SIZE_INVALID} if the content
     *     is shorter or longer than it said, {@link ErrorCode#INSUFFICIENT_STORAGE} if there is no room,
     *     {@link ErrorCode#UNAVAILABLE} if the source or the storage fails
     */
    long append(long offset, BlobSource content);

    /**
     * Ends the upload: the bytes become a blob of the repository, if they match the digest (end-6).
     *
     * <p>Durable and visible when it returns. When the digest does not match, the upload is over as well: its bytes are
     * dropped.
     *
     * @param expected the digest of the whole blob
     * @return the digest and size of the blob
     * @throws RegistryException with {@link ErrorCode#DIGEST_INVALID} if the bytes have another digest,
     *     {@link ErrorCode#BLOB_UPLOAD_UNKNOWN} if the upload has ended, {@link ErrorCode#RANGE_INVALID} if an append
     *     is under way
     */
    Descriptor commit(Digest expected);

    /** Ends the upload and drops its bytes (end-14). Does nothing if it has ended already. */
    void cancel();

    /** Releases what this object holds; the upload stays and can be resumed. May be called repeatedly. */
    @Override
    void close();
}
