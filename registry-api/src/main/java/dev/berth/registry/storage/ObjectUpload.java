package dev.berth.registry.storage;

import java.io.IOException;
import java.io.InputStream;

/**
 * Large content that is written in one or more appends. Not visible as an object until it is committed.
 *
 * <p>An upload outlives this object and the process: {@link ObjectStore#resumeUpload} continues it, also in another
 * process over the same store. It ends when it is committed or aborted, or when {@link ObjectStore#deleteTree} deletes
 * a tree with its staging key. For one thread, but there may be several objects for one upload: of two appends at the
 * same offset exactly one succeeds, and the bytes of both are never mixed.
 *
 * <p>If a process crashes during an append, the bytes of that append count in {@link #size()} or do not, from the first
 * one up to some point. Whatever else it leaves takes space until the upload ends, which removes it; what is not below
 * the staging key, such as an unfinished multipart upload of S3, is removed by {@link ObjectStore#dropLeftovers}.
 *
 * @since 0.1
 */
public interface ObjectUpload extends AutoCloseable {

    /**
     * Returns the number of bytes stored so far, which is the offset of the next append. Bytes of an append in progress
     * may or may not count.
     *
     * @throws UploadGoneException if the upload was committed or aborted
     */
    long size() throws IOException;

    /**
     * Appends all bytes of the stream, with buffers of at most 64 KiB where the store does not need larger ones. The
     * stream is not closed.
     *
     * <p>When this returns, the bytes survive a crash of the process. After a crash of the system the upload may be gone;
     * if it is not, it has all bytes of the appends that had returned. If reading the stream fails, its exception is thrown
     * as it is, and the bytes read before are kept and count in {@link #size()}. If they cannot be kept, because
     * another append came first or the store fails, that failure is thrown instead, with the stream's exception
     * suppressed. So the stream's own exception means that no other append has taken the place of this one.
     *
     * @param offset where the first byte belongs
     * @return the new size
     * @throws UploadConflictException if the offset is not the size, or another append or commit of the same upload is
     *     in progress
     * @throws UploadGoneException if the upload was committed or aborted, also during this call
     * @throws StorageFullException if there is not enough space; nothing of this append is kept then
     * @throws IOException if the stream or the store fails
     */
    long append(long offset, InputStream content) throws IOException;

    /**
     * Opens the bytes stored so far for reading. The caller closes the stream.
     *
     * @throws UploadGoneException if the upload was committed or aborted
     */
    InputStream open() throws IOException;

    /**
     * Ends the upload: its bytes become the object of this key, atomically, and replace an object that was there.
     * Visible and durable when this returns.
     *
     * @param expectedSize the size that the caller has hashed
     * @throws UploadConflictException if the size is another one, or an append or commit is in progress; the upload
     *     stays as it was
     * @throws UploadGoneException if the upload was committed or aborted
     */
    void commit(ObjectKey key, long expectedSize) throws IOException;

    /** Ends the upload and discards its bytes, also while an append is in progress. Does nothing if it has ended. */
    void abort() throws IOException;

    /** Releases the resources of this object; the upload stays. Idempotent. */
    @Override
    void close();
}
