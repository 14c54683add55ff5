package dev.berth.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A blob, or a part of one, opened for reading. One use by one thread; closing it from another thread is allowed and
 * ends a read that is under way.
 *
 * <p>The bytes come as the storage has them. {@link Manifests#get} verifies a manifest before it returns it; a blob is
 * not held back until its last byte was checked, so who needs certainty compares its digest while reading.
 */
public interface BlobContent extends AutoCloseable {

    /** Returns the digest and total size in bytes of the whole blob, with the media type of {@link Blobs#find}. */
    Descriptor descriptor();

    /** Returns the position in the blob of the first byte of this content. */
    long offset();

    /** Returns the number of bytes of this content. */
    long length();

    /**
     * Returns the bytes. Each call returns the same stream. Closing it, or this object, releases everything.
     *
     * @throws IOException if the content cannot be opened
     */
    InputStream stream() throws IOException;

    /**
     * Writes the bytes that are left to the output, which stays open.
     *
     * @return the number of bytes written
     * @throws IOException if reading or writing fails
     */
    default long transferTo(OutputStream output) throws IOException {
        return stream().transferTo(output);
    }

    /** Releases what this object holds. May be called repeatedly. */
    @Override
    void close();
}
