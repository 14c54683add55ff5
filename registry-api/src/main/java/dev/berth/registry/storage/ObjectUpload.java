package dev.berth.registry.storage;

import java.io.IOException;
import java.io.InputStream;

/**
 * Big content on its way into a store, in one or more appends. Invisible as an object until it is committed.
 *
 * <p>An upload outlives this object and the process; {@link ObjectStore#resumeUpload} goes on with it, also in another
 * process over the same store. For one thread, but there may be several objects for one upload: of two appends at the
 * same offset exactly one succeeds, and nothing ever mixes the bytes of both.
 */
public interface ObjectUpload extends AutoCloseable {

    /**
     * Returns the number of bytes kept so far: where the next append begins. Bytes of an append that is under way may or
     * may not count.
     *
     * @throws UploadGoneException if the upload was committed or aborted
     */
    long size() throws IOException;

    /**
     * Appends all bytes of the stream, with buffers of at most 64 KiB where the store does not need larger ones. The
     * stream is not closed.
     *
     * <p>When this returns, the bytes are as durable as an object. If reading the stream fails, its exception is passed
     * on as it is and the bytes read until then are kept; they count in {@link #size()}. Where they cannot be kept,
     * because another append came first or the store fails, that is what is thrown instead, with the stream's exception
     * suppressed: so the stream's own exception says that nobody else's bytes are in the place of these.
     *
     * @param offset where the first byte belongs
     * @return the new size
     * @throws UploadConflictException if the offset is not the size, or another append or commit of the same upload is
     *     under way
     * @throws UploadGoneException if the upload was committed or aborted, also while this runs
     * @throws StorageFullException if there is no room; nothing of this append is kept then
     * @throws IOException if the stream or the store fails
     */
    long append(long offset, InputStream content) throws IOException;

    /**
     * Opens the bytes kept so far for reading. The caller closes the stream.
     *
     * @throws UploadGoneException if the upload was committed or aborted
     */
    InputStream open() throws IOException;

    /**
     * Ends the upload: its bytes become the object of this key, atomically, in the place of what it held before. Visible
     * and durable when this returns.
     *
     * @param expectedSize the size that the caller has hashed
     * @throws UploadConflictException if the size is another one, or an append or commit is under way; the upload stays
     *     as it was
     * @throws UploadGoneException if the upload was committed or aborted
     */
    void commit(ObjectKey key, long expectedSize) throws IOException;

    /** Ends the upload and gives its bytes up, also while an append is under way. Does nothing if it has ended. */
    void abort() throws IOException;

    /** Releases what this object holds; the upload stays. May be called repeatedly. */
    @Override
    void close();
}
