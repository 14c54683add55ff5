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
 *
 * @since 0.1
 */
public interface BlobContent extends AutoCloseable {

    /**
     * Returns content that comes from a stream: what most registries return. Closing the content closes the stream, which
     * must release everything that it uses.
     *
     * @param descriptor the descriptor of the whole blob
     * @param slice the part of the blob that the stream has
     */
    static BlobContent of(Descriptor descriptor, ByteRange.Slice slice, InputStream stream) {
        return new StreamContent(descriptor, slice, stream);
    }

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

    /**
     * Reads the bytes that are left into memory. For small content, such as the configuration of an image.
     *
     * @param limit the largest number of bytes to accept
     * @throws RegistryException with {@link ErrorCode#SIZE_INVALID} if there are more
     * @throws IOException if reading fails
     * @throws IllegalArgumentException if the limit is negative
     */
    default byte[] readAllBytes(int limit) throws IOException {
        if (limit < 0) {
            throw new IllegalArgumentException("A limit cannot be negative: " + limit);
        }
        InputStream stream = stream();
        byte[] bytes = stream.readNBytes(limit);
        // Reading up to the end also lets a stream that verifies its content come to its verdict.
        if (stream.read() >= 0) {
            throw RegistryException.of(
                    ErrorCode.SIZE_INVALID,
                    "The blob " + descriptor().digest() + " has more than the " + limit
                            + " bytes that may be read into memory: " + length()
                            + "; read it as a stream, or allow more");
        }
        return bytes;
    }

    /** Releases what this object holds. May be called repeatedly. */
    @Override
    void close();
}
